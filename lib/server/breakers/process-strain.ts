import { performance } from 'node:perf_hooks';
import { processState } from '@/lib/server/process-state';

/** How long is looked at, and the share of that time from which on the process has no time to hear answers. */
const SPAN_MS = 1000;
const STRAINED_SHARE = 0.9;

const strain = processState('processStrain', () => ({
  atMs: Number.NEGATIVE_INFINITY,
  since: performance.eventLoopUtilization(),
  isStrained: false,
}));

/**
 * Whether this process was busy with itself in the last second, or had no processor: what it calls a time-out then says
 * nothing about a table.
 */
export function isStrained(nowMs: number): boolean {
  if (nowMs - strain.atMs >= SPAN_MS || nowMs < strain.atMs) {
    const { utilization } = performance.eventLoopUtilization(strain.since);
    strain.isStrained = utilization > STRAINED_SHARE;
    strain.since = performance.eventLoopUtilization();
    strain.atMs = nowMs;
  }
  return strain.isStrained;
}
