import * as z from 'zod';
import { metricTtl, reportLane } from '@/lib/server/metrics/metric-lane';
import { gaugeSchema, type Step } from '@/lib/shared/metrics';

const gaugesSchema = z.partialRecord(gaugeSchema, z.number());

/**
 * What one process says of itself in one step: from when to when it has reported all that it counted, and its gauges. Only
 * that process writes it. `lostMs` is set by the roll-up where a process vanished: what it last counted never arrived.
 */
const reportSchema = z.object({
  instance: z.string(),
  atMs: z.number(),
  reportedMs: z.number(),
  isEnded: z.boolean(),
  everyMs: z.number(),
  last: gaugesSchema,
  highest: gaugesSchema,
});

export type Report = z.infer<typeof reportSchema>;

/** Parses a stored report. */
export function toReport(item: Record<string, unknown>): Report {
  return reportSchema.parse(item);
}

/** The item that keeps a report. */
export function reportItem(report: Report, step: Step) {
  const { atMs, instance } = report;
  return {
    ...report,
    lane: reportLane(step, atMs),
    itemKey: `${new Date(atMs).toISOString()}#${instance}`,
    ttl: metricTtl(step, atMs),
  };
}
