import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { startThrottlingProxy, type ThrottlingProxy } from '@/lib/server/demo/throttling-proxy';
import { CONTEST_TABLE, letGo, startChild } from '@/tests/bench/throttled/child';
import { type Measured, measure } from '@/tests/bench/throttled/measure';
import { jobResultSchema, type Task } from '@/tests/bench/throttled/task';
import { newMetricsTable, type World } from '@/tests/bench/throttled/world';

const CALL_MS = 5;

export type Contest = {
  writer: string;
  rows: number;
  unitsPerSecond: number;
  /** Units that are saved up when it begins. */
  burstUnits: number;
  partitions?: number;
  /** Jobs of `rows` in each process. */
  jobs?: number;
  processes?: number;
  env?: Record<string, string>;
  /** Changes of the limit while it runs, by seconds since the start. */
  steps?: { afterSeconds: number; unitsPerSecond: number }[];
};

/** A proxy of one contest. */
export function contestProxy(
  world: World,
  limit: { unitsPerSecond: number; partitions?: number },
): Promise<ThrottlingProxy> {
  const tables = [{ name: CONTEST_TABLE, hash: 'assignmentId' }];
  return startThrottlingProxy({ ...world, ...limit, tables, latencyMs: CALL_MS });
}

/** Lets processes write through a proxy of their own, all from the same moment, and judges them by its ledger. */
export async function runContest(contest: Contest, world: World): Promise<Measured> {
  const { unitsPerSecond, burstUnits, partitions = 1, processes = 1, jobs: jobsEach = 1 } = contest;
  const { writer, rows, env } = contest;
  const METRICS_TABLE = await newMetricsTable(world);
  const proxy = await contestProxy(world, { unitsPerSecond, partitions });
  const { endpoint } = proxy;
  try {
    const start = () => {
      const mark = `contest-${randomUUID().slice(0, 8)}`;
      const task: Task = { writer, rows, jobs: jobsEach, mark, endpoint, table: CONTEST_TABLE };
      return startChild({ file: 'contestant.ts', task, endpoint, env: { METRICS_TABLE, ...env } });
    };
    const children = await Promise.all(Array.from({ length: processes }, start));
    proxy.change({ savedUnits: burstUnits });
    const startedAt = performance.now();
    const cancelSteps = takeSteps(contest, proxy);
    const jobs = await Promise.all(children.map((child) => letGo(child, z.array(jobResultSchema))));
    cancelSteps();
    return measure({ contest, jobs: jobs.flat(), ledger: proxy.ledger(CONTEST_TABLE), startedAt });
  } finally {
    proxy.stop();
  }
}

function takeSteps({ steps = [] }: Contest, proxy: ThrottlingProxy): () => void {
  const timers = steps.map(({ afterSeconds, unitsPerSecond }) =>
    setTimeout(() => proxy.change({ unitsPerSecond }), afterSeconds * 1000),
  );
  return () => timers.forEach(clearTimeout);
}
