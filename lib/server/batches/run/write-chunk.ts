import { type AssignmentItem, toItem } from '@/lib/server/assignments/assignment-item';
import { contentHash } from '@/lib/server/assignments/write-identity';
import { batchWriteAssignments } from '@/lib/server/batches/batch-write-assignments';
import type { ChunkRow } from '@/lib/server/batches/chunks/chunk';
import { type Origin, rowAssignment } from '@/lib/server/batches/chunks/row-assignment';
import { rowToken } from '@/lib/server/batches/chunks/row-token';
import { type RowResult, writeRow } from '@/lib/server/batches/run/write-row';
import { isBreakerOpen } from '@/lib/server/breakers/breaker-refusal';
import { withSeries } from '@/lib/server/metrics/series-context';
import { AppError } from '@/lib/shared/app-error';
import type { TakenIdPolicy } from '@/lib/shared/batch';

export type ChunkWriting = {
  origin: Origin;
  takenIds: TakenIdPolicy;
  /** From the second on, an earlier one may have written some rows, and people may have edited them since. */
  attempt: number;
  requestId: string;
  mayGoOn: () => boolean;
};

/** What came of each row, by row number, and how often rows were sent, and refused for throughput, on the way. */
export type ChunkResult = { results: Map<number, RowResult>; sent: number; throttled: number };

/** Errors that no row is to blame for, an open breaker among them: the whole chunk waits until they are mended. */
const HALTING = new Set(['RESOURCE_NOT_FOUND', 'ACCESS_DENIED', 'SYSTEM_ERROR']);

/** After so many attempts at a chunk, an error that keeps to some of its rows is theirs. */
const PATIENCE = 5;

/**
 * Writes the rows of a chunk. New rows go by BatchWriteItem, which overwrites: only at the first attempt, and only under
 * IDs that follow from batch and row, so that it can meet nothing but itself. Everything else is written under the
 * condition that its ID is free: rows with IDs of their own, all rows of a redo, and those whose answer was lost.
 * @throws {AppError} where no row is to blame (a table is missing, permission, no connection, an open breaker); then nothing is decided
 */
export async function writeChunk(rows: ChunkRow[], writing: ChunkWriting): Promise<ChunkResult> {
  const result: ChunkResult = { results: new Map(), sent: 0, throttled: 0 };
  const isNew = ({ assignmentId }: ChunkRow) => assignmentId === undefined && writing.attempt === 1;
  const unsure = await writeNewRows(rows.filter(isNew), writing, result);
  await writeSingly([...rows.filter((row) => !isNew(row)), ...unsure], writing, result);
  return result;
}

/** @returns the rows of which it is not known whether they were written */
async function writeNewRows(
  rows: ChunkRow[],
  { origin, requestId, mayGoOn }: ChunkWriting,
  result: ChunkResult,
): Promise<ChunkRow[]> {
  if (rows.length === 0) return [];
  const rowByItem = new Map(rows.map((row) => [toRowItem(row, origin), row]));
  const report = await batchWriteAssignments([...rowByItem.keys()], requestId, mayGoOn);
  result.sent += report.sent;
  result.throttled += report.throttled;
  const halting = report.failed.find(
    ({ error }) => isBreakerOpen(error) || (!error.isRetryable && HALTING.has(error.code)),
  );
  if (halting) throw halting.error;

  const end = (item: AssignmentItem, rowResult: RowResult) => {
    const row = rowByItem.get(item);
    if (row) result.results.set(row.rowNumber, rowResult);
  };
  for (const item of report.written) end(item, { kind: 'created', assignmentId: item.assignmentId });
  for (const item of report.unsent) end(item, { kind: 'unsent' });
  for (const item of report.unprocessed) end(item, { kind: 'failed', error: throttled() });
  return report.failed.flatMap(({ assignment }) => rowByItem.get(assignment) ?? []);
}

function throttled(): AppError {
  return new AppError('THROTTLING', 'DynamoDB throttled this row at every attempt');
}

function toRowItem(row: ChunkRow, origin: Origin): AssignmentItem {
  const assignment = rowAssignment(row, origin);
  const writeToken = rowToken(origin.batchId, row.rowNumber);
  return toItem(assignment, { writeToken, contentHash: contentHash(assignment) });
}

async function writeSingly(rows: ChunkRow[], writing: ChunkWriting, result: ChunkResult): Promise<void> {
  let halting: AppError | undefined;
  const mayGoOn = () => !halting && writing.mayGoOn();
  const isHalting = (error: AppError) =>
    isBreakerOpen(error) ||
    (HALTING.has(error.code) && (error.code !== 'SYSTEM_ERROR' || writing.attempt < PATIENCE));
  await Promise.all(
    rows.map(async (row) => {
      const rowResult = await withSeries('batch_row', () => writeRow(row, { ...writing, mayGoOn }));
      if (rowResult.kind === 'failed' && isHalting(rowResult.error)) halting ??= rowResult.error;
      if (rowResult.kind === 'failed' && rowResult.error.code === 'THROTTLING') result.throttled++;
      if (rowResult.kind !== 'unsent') result.sent++;
      result.results.set(row.rowNumber, rowResult);
    }),
  );
  if (halting) throw halting;
}
