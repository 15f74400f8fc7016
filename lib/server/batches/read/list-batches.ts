import * as z from 'zod';
import { batchGet } from '@/lib/server/batch-get';
import { LIST_KEY, META, toBatch } from '@/lib/server/batches/batch-item';
import { decodeCursor, encodeCursor } from '@/lib/server/cursor';
import { env } from '@/lib/server/env';
import { queryPage } from '@/lib/server/query-page';
import type { Page } from '@/lib/shared/api';
import type { Batch, BatchFilter } from '@/lib/shared/batch';

const cursorSchema = z.object({ batchId: z.string(), creationKey: z.string() });

/** How many batches a filtered page looks at: a rare state ends in a short page with a cursor. */
const MOST_EXAMINED = 300;

/**
 * Lists batches, newest first, each as it is at this moment.
 * @throws {AppError} VALIDATION_ERROR for a foreign cursor, or what DynamoDB answered
 */
export async function listBatches(filter: BatchFilter, requestId: string): Promise<Page<Batch>> {
  const { state, limit } = filter;
  const found: Batch[] = [];
  let cursor = filter.cursor ?? null;
  for (let examined = 0; examined < MOST_EXAMINED; examined += limit) {
    const page = await readPage({ limit, cursor }, requestId);
    found.push(...page.items.filter((batch) => !state || batch.state === state));
    cursor = page.cursor;
    if (cursor === null || found.length >= limit) break;
  }
  const last = found[limit - 1];
  if (last && found.length > limit) return { items: found.slice(0, limit), cursor: cursorAfter(last) };
  return { items: found, cursor };
}

async function readPage({ limit, cursor }: { limit: number; cursor: string | null }, requestId: string) {
  const partition = { listKey: LIST_KEY, part: META };
  const { items, lastItem } = await queryPage(
    {
      TableName: env.BATCHES_TABLE,
      IndexName: 'byCreation',
      KeyConditionExpression: 'listKey = :list',
      ExpressionAttributeValues: { ':list': LIST_KEY },
      ScanIndexForward: false,
      ...(cursor ? { ExclusiveStartKey: { ...partition, ...decodeCursor(cursor, cursorSchema) } } : {}),
    },
    { operation: 'listBatches', requestId, limit },
  );
  const keys = items.map(({ batchId }) => ({ batchId, part: META }));
  const stored =
    keys.length === 0 ? [] : await batchGet(env.BATCHES_TABLE, keys, { operation: 'listBatches', requestId });
  const byId = new Map(stored.map((item) => [item.batchId, item]));
  return {
    items: keys.flatMap(({ batchId }) => {
      const item = byId.get(batchId);
      return item ? [toBatch(item)] : [];
    }),
    cursor: lastItem
      ? encodeCursor({ batchId: String(lastItem.batchId), creationKey: String(lastItem.creationKey) })
      : null,
  };
}

function cursorAfter({ batchId, createdAt }: Batch): string {
  return encodeCursor({ batchId, creationKey: `${createdAt}#${batchId}` });
}
