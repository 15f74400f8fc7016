import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { chunkPart } from '@/lib/server/batches/batch-item';
import { originOf } from '@/lib/server/batches/chunks/created-rows';
import { tallies } from '@/lib/server/batches/chunks/row-end';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { failedRows } from '@/lib/server/failed-items/record/failed-rows';
import { recordFailedRows } from '@/lib/server/failed-items/record/record-failed-rows';
import { newRequestId } from '@/lib/server/request-id';
import { AppError } from '@/lib/shared/app-error';
import { aReadyBatch, batchOf, chunkOf, type StoredBatch } from '@/tests/support/batches';

/** A batch that has ended with every row failed, as if all its writes had been throttled; without the time that takes. */
export async function aFailedBatch(chunks: number[]): Promise<StoredBatch> {
  const rows = chunks.reduce((sum, size) => sum + size, 0);
  const overrides = { state: 'done_with_failures' as const, failed: rows, waiting: 0 };
  const batch = await aReadyBatch({ chunks, overrides });
  for (const chunk of chunks.keys()) await failChunk(batch, chunk + 1);
  return batch;
}

/** Lets every row of a chunk have failed. */
export async function failChunk({ batchId, rows: all }: StoredBatch, chunk: number): Promise<void> {
  const requestId = newRequestId();
  const state = await chunkOf(batchId, chunk);
  const { firstRow, lastRow } = state;
  const rows = all.filter(({ rowNumber }) => rowNumber >= firstRow && rowNumber <= lastRow);
  const error = new AppError('THROTTLING', 'DynamoDB throttled this row at every attempt');
  const ends = rows.map(() => ({ kind: 'failed' as const, error }));
  const origin = originOf(await batchOf(batchId), state);
  await recordFailedRows(failedRows(rows, ends, { origin, chunk, takenIds: 'reject', requestId }), {
    ...{ batchId, firstRow, lastRow, isRedo: false, requestId },
  });
  const Item = {
    ...state,
    part: chunkPart(chunk),
    state: 'committed',
    outcomes: 'f'.repeat(rows.length),
    byCourse: tallies(state.byCourse, rows, ends),
  };
  await documentClient.send(new PutCommand({ TableName: env.BATCHES_TABLE, Item }));
}
