import { PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { chunkPart, LAST_CHUNK, metaKey } from '@/lib/server/batches/batch-item';
import { toChunkState } from '@/lib/server/batches/chunks/chunk-state';
import { originOf } from '@/lib/server/batches/chunks/created-rows';
import { readChunkRows } from '@/lib/server/batches/chunks/read-chunk-rows';
import { tallies } from '@/lib/server/batches/chunks/row-end';
import { queryParts } from '@/lib/server/batches/query-parts';
import { readBatchItem } from '@/lib/server/batches/read-batch';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { failedRows } from '@/lib/server/failed-items/record/failed-rows';
import { recordFailedRows } from '@/lib/server/failed-items/record/record-failed-rows';
import { newRequestId } from '@/lib/server/request-id';
import { AppError } from '@/lib/shared/app-error';

/** Lets a batch that is ready have ended with every valid row failed, as if DynamoDB had throttled all its writes. */
export async function failRows(batchId: string): Promise<void> {
  const requestId = newRequestId();
  const batch = await readBatchItem(batchId, requestId);
  const parts = queryParts({ batchId, first: chunkPart(0), last: chunkPart(LAST_CHUNK) }, requestId);
  const error = new AppError('THROTTLING', 'DynamoDB throttled this row at every attempt');
  for await (const part of parts) {
    const state = toChunkState(part);
    const { chunk, firstRow, lastRow } = state;
    const { rows } = await readChunkRows(batchId, chunk, requestId);
    const ends = rows.map(() => ({ kind: 'failed' as const, error }));
    const place = { origin: originOf(batch, state), chunk, takenIds: batch.takenIds, requestId };
    await recordFailedRows(failedRows(rows, ends, place), {
      ...{ batchId, firstRow, lastRow, isRedo: false, requestId },
    });
    const outcomes = 'f'.repeat(rows.length);
    const byCourse = tallies(state.byCourse, rows, ends);
    const Item = { ...part, state: 'committed', outcomes, byCourse };
    await documentClient.send(new PutCommand({ TableName: env.BATCHES_TABLE, Item }));
  }
  await documentClient.send(
    new UpdateCommand({
      ...metaKey(batchId),
      UpdateExpression:
        'SET #state = :ended, failed = waiting, waiting = :zero, startedAt = :now, finishedAt = :now',
      ExpressionAttributeNames: { '#state': 'state' },
      ExpressionAttributeValues: {
        ':ended': 'done_with_failures',
        ':zero': 0,
        ':now': new Date().toISOString(),
      },
    }),
  );
}
