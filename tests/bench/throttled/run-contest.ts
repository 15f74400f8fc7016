import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { startThrottlingProxy, type ThrottlingProxy } from '@/lib/server/demo/throttling-proxy';
import { type Measured, measure } from '@/tests/bench/throttled/measure';
import { type JobResult, jobResultSchema, type Task } from '@/tests/bench/throttled/task';

/** The table that is throttled in all contests. */
export const CONTEST_TABLE = 'DemoProject-Assignments';

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

export type World = {
  engine: string;
  keepsWritesIn: 'engine' | 'ledger';
  /** How many seconds of unused capacity the table keeps. */
  burstSeconds: number;
};

/** Lets processes write through a proxy of their own, all from the same moment, and judges them by its ledger. */
export async function runContest(contest: Contest, world: World): Promise<Measured> {
  const { unitsPerSecond, burstUnits, partitions = 1, processes = 1 } = contest;
  const proxy = await startThrottlingProxy({
    ...world,
    tables: [{ name: CONTEST_TABLE, hash: 'assignmentId' }],
    unitsPerSecond,
    partitions,
    latencyMs: CALL_MS,
  });
  try {
    const children = await Promise.all(
      Array.from({ length: processes }, () => startContestant(contest, proxy.endpoint)),
    );
    const ledger = proxy.ledger(CONTEST_TABLE);
    if (!ledger) throw new Error('The proxy has no ledger of the table');
    proxy.change({ savedUnits: burstUnits });
    const startedAt = performance.now();
    const cancelSteps = takeSteps(contest, proxy);
    const jobs = (await Promise.all(children.map(runJobs))).flat();
    cancelSteps();
    return measure({ contest, jobs, ledger, startedAt });
  } finally {
    proxy.stop();
  }
}

/** Resolves when its items are made and its modules are loaded. */
async function startContestant(
  { writer, rows, jobs = 1, env }: Contest,
  endpoint: string,
): Promise<ChildProcess> {
  const mark = `contest-${randomUUID().slice(0, 8)}`;
  const task: Task = { writer, rows, jobs, mark, endpoint, table: CONTEST_TABLE };
  const file = 'tests/bench/throttled/contestant.ts';
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', '--conditions=react-server', file, JSON.stringify(task)],
    {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      env: {
        ...process.env,
        DYNAMODB_ENDPOINT: endpoint,
        ASSIGNMENTS_TABLE: CONTEST_TABLE,
        AUTH_SECRET: 'a-secret-for-benchmarks-only-0123456789',
        LOG_LEVEL: 'silent',
        ...env,
      },
    },
  );
  z.literal('ready').parse(await messageOf(child));
  return child;
}

async function runJobs(child: ChildProcess): Promise<JobResult[]> {
  const answer = messageOf(child);
  child.send('go');
  return z.array(jobResultSchema).parse(await answer);
}

function messageOf(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve, reject) => {
    child.once('message', resolve);
    child.once('exit', (code) => reject(new Error(`The contestant ended with ${code}`)));
  });
}

function takeSteps({ steps = [] }: Contest, proxy: ThrottlingProxy): () => void {
  const timers = steps.map(({ afterSeconds, unitsPerSecond }) =>
    setTimeout(() => proxy.change({ unitsPerSecond }), afterSeconds * 1000),
  );
  return () => timers.forEach(clearTimeout);
}
