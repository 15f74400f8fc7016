import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { batchWrite } from '@/lib/server/batch-write';
import { META, metaKey } from '@/lib/server/batches/batch-item';
import { queryParts } from '@/lib/server/batches/query-parts';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { withRetry } from '@/lib/server/retry';

/** Deletes of one BatchWriteItem; no more keys than these are held at a time. */
const AT_ONCE = 25;

/**
 * Removes what was stored of a file that was not accepted. Only then is its batch taken off the list of those that need
 * a worker, so that one goes on where another was killed.
 * @throws {AppError} where DynamoDB refused
 */
export async function removeReceivedParts(batchId: string, requestId: string): Promise<void> {
  const options = { operation: 'removeReceivedParts', requestId };
  let keys: { batchId: string; part: string }[] = [];
  const remove = async () => {
    const requests = keys.map((Key) => ({ DeleteRequest: { Key } }));
    keys = [];
    await batchWrite(env.BATCHES_TABLE, requests, options);
  };
  const all = { batchId, first: ' ', last: '~', attributes: ['part'] };
  for await (const { part } of queryParts(all, requestId)) {
    if (part !== META) keys.push({ batchId, part: String(part) });
    if (keys.length === AT_ONCE) await remove();
  }
  await remove();
  const done = new UpdateCommand({ ...metaKey(batchId), UpdateExpression: 'REMOVE activeKey' });
  await withRetry(() => documentClient.send(done), { ...options, maxRetries: env.MAX_RETRIES });
}
