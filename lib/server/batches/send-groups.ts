import type { AssignmentItem } from '@/lib/server/assignments/assignment-item';
import { type PoolRow, packGroup, unitsOfGroup } from '@/lib/server/batches/pack-group';
import { sendBatch } from '@/lib/server/batches/send-batch';
import { isBreakerOpen } from '@/lib/server/breakers/breaker-refusal';
import { classifyError } from '@/lib/server/classify-error';
import { env } from '@/lib/server/env';
import { type Governor, isStalled, runGoverned, type Sent } from '@/lib/server/governor/governor';
import { readyGovernor } from '@/lib/server/governor/know-table';
import { asGoverned } from '@/lib/server/governor/note-write';
import { itemUnits } from '@/lib/server/governor/write-units';
import type { AppError } from '@/lib/shared/app-error';

/** An assignment whose call failed: it may or may not have been written. */
export type FailedWrite = { assignment: AssignmentItem; error: AppError };

/**
 * Every assignment of a call is in exactly one of the four lists. `sent` counts each time one was sent, `throttled` each
 * time one was refused for throughput.
 */
export type WriteReport = {
  written: AssignmentItem[];
  failed: FailedWrite[];
  unprocessed: AssignmentItem[];
  unsent: AssignmentItem[];
  sent: number;
  throttled: number;
};

/** A report of nothing, with what is still to be sent. */
export const newReport = (unprocessed: AssignmentItem[] = []): WriteReport => ({
  written: [],
  failed: [],
  unprocessed,
  unsent: [],
  sent: 0,
  throttled: 0,
});

/** A row refused so often, over so long, while others were written, is given up. */
const PATIENCE = { refusals: 12, ms: 30_000 };

type Pool = {
  waiting: PoolRow[];
  report: WriteReport;
  mayGoOn: () => boolean;
  requestId: string;
};

/**
 * Sends assignments, 25 a call and many calls at a time, as the governor of the table lets them pass. What DynamoDB
 * refuses for its throughput goes back among those that wait and is packed anew, for as long as the table takes
 * anything; a call that fails otherwise does not stop the others.
 */
export async function sendGroups(
  assignments: AssignmentItem[],
  { mayGoOn, requestId }: { mayGoOn: () => boolean; requestId: string },
): Promise<WriteReport> {
  const rows = assignments.map((item) => ({ item, units: itemUnits(item), refusals: 0, sinceMs: 0 }));
  const pool: Pool = { waiting: rows, report: newReport(), mayGoOn, requestId };
  const governor = await readyGovernor(env.ASSIGNMENTS_TABLE, requestId);
  const senders = Math.ceil(rows.length / env.BATCH_SIZE);
  await Promise.all(Array.from({ length: senders }, () => sendUntilEmpty(pool, governor)));
  return pool.report;
}

/** Each sender waits for its own turn, so that jobs beside each other have turns by their size. */
async function sendUntilEmpty(pool: Pool, governor: Governor): Promise<void> {
  while (pool.waiting.length > 0) {
    await runGoverned(
      governor,
      () => unitsOfGroup(pool.waiting),
      (mostUnits) => sendGroup(packGroup(pool.waiting, mostUnits), pool),
    );
    if (isStalled(governor)) giveUpRefused(pool);
  }
}

const UNSENT: Sent<void> = { result: undefined, items: 0, taken: 0, refused: 0 };

async function sendGroup(group: PoolRow[], pool: Pool): Promise<Sent<void>> {
  const { report, mayGoOn, requestId } = pool;
  if (group.length === 0) return UNSENT;
  const items = group.map(({ item }) => item);
  if (!mayGoOn()) {
    report.unsent.push(...items);
    return UNSENT;
  }
  try {
    const left = new Set(await asGoverned(() => sendBatch(items, requestId)));
    return take(group, left, pool);
  } catch (thrown) {
    const error = classifyError(thrown);
    report.failed.push(...items.map((assignment) => ({ assignment, error })));
    if (isBreakerOpen(error)) return UNSENT;
    report.sent += group.length;
    return { ...UNSENT, items: group.length, isUnknown: true };
  }
}

function take(group: PoolRow[], left: ReadonlySet<AssignmentItem>, pool: Pool): Sent<void> {
  const { report, waiting } = pool;
  const written = group.filter(({ item }) => !left.has(item));
  const refused = group.filter(({ item }) => left.has(item));
  report.sent += group.length;
  report.throttled += refused.length;
  report.written.push(...written.map(({ item }) => item));
  const nowMs = performance.now();
  for (const row of refused) {
    row.refusals += 1;
    row.sinceMs ||= nowMs;
  }
  const isGivenUp = ({ refusals, sinceMs }: PoolRow) =>
    refusals > PATIENCE.refusals && nowMs - sinceMs > PATIENCE.ms;
  giveUp(pool, refused.filter(isGivenUp));
  waiting.push(...refused.filter((row) => !isGivenUp(row)));
  return { result: undefined, items: group.length, taken: unitsOf(written), refused: unitsOf(refused) };
}

/** Each row has its try, whatever became of others. */
function giveUpRefused(pool: Pool): void {
  giveUp(
    pool,
    pool.waiting.filter(({ refusals }) => refusals > 0),
  );
  const untried = pool.waiting.filter(({ refusals }) => refusals === 0);
  pool.waiting.splice(0, pool.waiting.length, ...untried);
}

function giveUp({ report }: Pool, rows: PoolRow[]): void {
  report.unprocessed.push(...rows.map(({ item }) => item));
}

const unitsOf = (rows: PoolRow[]): number => rows.reduce((sum, { units }) => sum + units, 0);
