import { partitionOf } from '@/lib/server/demo/write-capacity';
import type { LedgerSlice, WriteLedger } from '@/lib/server/demo/write-ledger';
import type { Contest } from '@/tests/bench/throttled/run-contest';
import type { JobResult } from '@/tests/bench/throttled/task';

export type Measured = {
  /** Written units / (W x time + initial burst). */
  goodput: number;
  /** Refused units / units asked for. */
  refusedShare: number;
  calls: number;
  written: number;
  /** Said to be written and not in the ledger. */
  lost: number;
  handedBack: number;
  /** Handed back, or not spoken of, although it is in the ledger. */
  writtenUnsaid: number;
  /** From the start to the end of the last job, and to the last accepted write. */
  seconds: number;
  drainSeconds: number;
  /** What the capacity allows, the fullest partition counting. */
  idealSeconds: number;
  jobSeconds: number[];
  jobHandedBack: number[];
  slices: LedgerSlice[];
};

type Run = { contest: Contest; jobs: JobResult[]; ledger: WriteLedger | undefined; startedAt: number };

export function measure({ contest, jobs, ledger, startedAt }: Run): Measured {
  if (!ledger) throw new Error('The table of the contest is not throttled');
  const summary = ledger.summary();
  const accepted = ledger.accepted();
  const said = jobs.flatMap(({ written }) => written);
  const saidWritten = new Set(said);
  const seconds = Math.max(...jobs.map((job) => job.seconds));
  const rows = contest.rows * jobs.length;
  return {
    goodput: summary.acceptedUnits / (givenUnits(contest, seconds) + contest.burstUnits),
    refusedShare: summary.refusedUnits / (summary.acceptedUnits + summary.refusedUnits),
    calls: summary.calls,
    written: accepted.size,
    lost: said.filter((id) => !accepted.has(id)).length,
    handedBack: rows - saidWritten.size,
    writtenUnsaid: [...accepted.keys()].filter((id) => !saidWritten.has(id)).length,
    seconds,
    drainSeconds: ((summary.lastAcceptedAt ?? startedAt) - startedAt) / 1000,
    idealSeconds: idealSeconds(contest, [...accepted.keys()]),
    jobSeconds: jobs.map((job) => job.seconds),
    jobHandedBack: jobs.map(({ written }) => contest.rows - written.length),
    slices: ledger.slices().map((slice) => ({ ...slice, at: (slice.at - startedAt) / 1000 })),
  };
}

/** The units that the table gives within these seconds, with the steps of its limit. */
function givenUnits({ unitsPerSecond, steps = [] }: Contest, seconds: number): number {
  let [units, rate, since] = [0, unitsPerSecond, 0];
  for (const step of [...steps, { afterSeconds: seconds, unitsPerSecond: 0 }]) {
    const until = Math.min(step.afterSeconds, seconds);
    units += rate * Math.max(0, until - since);
    [rate, since] = [step.unitsPerSecond, Math.max(since, until)];
  }
  return units;
}

/** The shortest time in which these keys could be written, each one unit; without steps, the only case it is asked for. */
function idealSeconds({ unitsPerSecond, burstUnits, partitions = 1 }: Contest, keys: string[]): number {
  const perPartition = Array.from({ length: partitions }, () => 0);
  for (const key of keys) {
    const partition = partitionOf(key, partitions);
    perPartition[partition] = (perPartition[partition] ?? 0) + 1;
  }
  return Math.max(0, Math.max(...perPartition) - burstUnits / partitions) / (unitsPerSecond / partitions);
}
