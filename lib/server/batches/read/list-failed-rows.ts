import * as z from 'zod';
import { decodeCursor, encodeCursor } from '@/lib/server/cursor';
import { env } from '@/lib/server/env';
import { batchOrigin } from '@/lib/server/failed-items/failed-item-key';
import { queryPage } from '@/lib/server/query-page';
import type { Page } from '@/lib/shared/api';
import { type FailedRow, failedRowSchema } from '@/lib/shared/batch';
import { UNRESOLVED_STATES } from '@/lib/shared/failed-item';

const cursorSchema = z.object({ itemKey: z.string() });

type PageOptions = { cursor?: string | undefined; limit: number; requestId: string };

/** Lists the rows of a batch that could not be written and are not settled yet, in the order of the file, with code and message. */
export async function listFailedRows(
  batchId: string,
  { cursor, limit, requestId }: PageOptions,
): Promise<Page<FailedRow>> {
  const origin = batchOrigin(batchId);
  const { items, lastItem } = await queryPage(
    {
      TableName: env.FAILED_ITEMS_TABLE,
      KeyConditionExpression: 'origin = :origin',
      FilterExpression: `#state IN (${UNRESOLVED_STATES.map((state) => `:${state}`).join(', ')})`,
      ExpressionAttributeNames: { '#state': 'state' },
      ExpressionAttributeValues: {
        ':origin': origin,
        ...Object.fromEntries(UNRESOLVED_STATES.map((state) => [`:${state}`, state])),
      },
      ...(cursor ? { ExclusiveStartKey: { origin, ...decodeCursor(cursor, cursorSchema) } } : {}),
    },
    { operation: 'listFailedRows', requestId, limit },
  );
  return {
    items: items.map((item) => failedRowSchema.parse({ ...item, failedAt: item.lastAt })),
    cursor: lastItem ? encodeCursor({ itemKey: String(lastItem.itemKey) }) : null,
  };
}
