import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { chunkPart, rowsPart } from '@/lib/server/batches/batch-item';
import { CHUNK_BYTES, type ChunkRows, packRows } from '@/lib/server/batches/chunks/chunk';
import { type ChunkState, NO_TALLY } from '@/lib/server/batches/chunks/chunk-state';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { withRetry } from '@/lib/server/retry';
import { AppError } from '@/lib/shared/app-error';

type Placed = { batchId: string; chunk: number; requestId: string };

/**
 * Stores rows of a file as one or more chunks from number `chunk` on: what packs into more than an item holds is halved.
 * Rows are in the order of the file, at most `CHUNK_ROWS` of them with at most `CHUNK_COURSES` courses.
 * @returns how many chunks it became
 * @throws {AppError} where DynamoDB refused
 */
export async function storeChunk(rows: ChunkRows, { batchId, chunk, requestId }: Placed): Promise<number> {
  const packed = await packRows(rows);
  if (packed.byteLength > CHUNK_BYTES) {
    const [first, second] = halves(rows);
    const stored = await storeChunk(first, { batchId, chunk, requestId });
    return stored + (await storeChunk(second, { batchId, chunk: chunk + stored, requestId }));
  }
  await put({ batchId, part: rowsPart(chunk), packed }, requestId);
  await put({ ...stateOf(rows, batchId, chunk), part: chunkPart(chunk) }, requestId);
  return 1;
}

function halves({ rows, rejected }: ChunkRows): [ChunkRows, ChunkRows] {
  const numbers = [...rows, ...rejected].map(({ rowNumber }) => rowNumber).sort((a, b) => a - b);
  const middle = numbers[Math.floor(numbers.length / 2)] ?? 0;
  if (numbers.length < 2) throw new AppError('PAYLOAD_TOO_LARGE', `Row ${middle} is too large to be stored`);
  return [
    {
      rows: rows.filter(({ rowNumber }) => rowNumber < middle),
      rejected: rejected.filter(({ rowNumber }) => rowNumber < middle),
    },
    {
      rows: rows.filter(({ rowNumber }) => rowNumber >= middle),
      rejected: rejected.filter(({ rowNumber }) => rowNumber >= middle),
    },
  ];
}

function stateOf({ rows, rejected }: ChunkRows, batchId: string, chunk: number): ChunkState {
  const numbers = [...rows, ...rejected].map(({ rowNumber }) => rowNumber);
  const byCourse: ChunkState['byCourse'] = {};
  const tallyOf = (courseId: string) => {
    byCourse[courseId] ??= { ...NO_TALLY };
    return byCourse[courseId];
  };
  for (const { assignment } of rows) tallyOf(assignment.courseId).waiting += 1;
  for (const { courseId } of rejected) tallyOf(courseId).rejected += 1;
  return {
    batchId,
    chunk,
    // Nothing to write: it has ended before it began.
    state: rows.length === 0 ? 'committed' : 'waiting',
    valid: rows.length,
    rejected: rejected.length,
    firstRow: Math.min(...numbers),
    lastRow: Math.max(...numbers),
    attempts: 0,
    otherIds: {},
    lateRejections: [],
    byCourse,
    isSegmentPending: false,
    doneTo: 0,
    undoneTo: 0,
    kept: [],
    later: {},
    laterCreated: 0,
    settlements: 0,
  };
}

async function put(item: Record<string, unknown>, requestId: string): Promise<void> {
  const command = new PutCommand({ TableName: env.BATCHES_TABLE, Item: item });
  await withRetry(() => documentClient.send(command), {
    operation: 'storeChunk',
    requestId,
    maxRetries: env.MAX_RETRIES,
  });
}
