import * as z from 'zod';
import { decodeCursor, encodeCursor } from '@/lib/server/cursor';
import { env } from '@/lib/server/env';
import { batchOrigin, toFailedItem } from '@/lib/server/failed-items/failed-item';
import { queryPage } from '@/lib/server/query-page';
import type { Page } from '@/lib/shared/api';
import type { FailedRow } from '@/lib/shared/batch';

const cursorSchema = z.object({ itemKey: z.string() });

type PageOptions = { cursor?: string | undefined; limit: number; requestId: string };

/** Lists the rows of a batch that could not be written, in the order of the file, with code and message. */
export async function listFailedRows(
  batchId: string,
  { cursor, limit, requestId }: PageOptions,
): Promise<Page<FailedRow>> {
  const origin = batchOrigin(batchId);
  const { items, lastItem } = await queryPage(
    {
      TableName: env.FAILED_ITEMS_TABLE,
      KeyConditionExpression: 'origin = :origin',
      ExpressionAttributeValues: { ':origin': origin },
      ...(cursor ? { ExclusiveStartKey: { origin, ...decodeCursor(cursor, cursorSchema) } } : {}),
    },
    { operation: 'listFailedRows', requestId, limit },
  );
  return {
    items: items.map(toFailedItem).map(({ rowNumber, courseId, payload, code, message, lastAt }) => ({
      ...{ rowNumber, courseId, code, message },
      title: payload.title,
      failedAt: lastAt,
    })),
    cursor: lastItem ? encodeCursor({ itemKey: String(lastItem.itemKey) }) : null,
  };
}
