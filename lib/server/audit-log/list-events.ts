import * as z from 'zod';
import { decodeCursor, encodeCursor } from '@/lib/server/cursor';
import { env } from '@/lib/server/env';
import { queryPage } from '@/lib/server/query-page';
import type { Page } from '@/lib/shared/api';

const cursorSchema = z.object({ lane: z.string(), eventKey: z.string() });

export type EventPage = { cursor?: string | undefined; limit: number; requestId: string };

/**
 * Lists the stored audit events of one resource, newest first, without those past their TTL: DynamoDB deletes late.
 * @param parse turns a stored item into its event
 */
export async function listEvents<Event>(
  resourceKey: string,
  { cursor, limit, requestId }: EventPage,
  parse: (item: Record<string, unknown>) => Event,
): Promise<Page<Event>> {
  const now = Date.now() / 1000;
  const { items, lastItem } = await queryPage(
    {
      TableName: env.AUDIT_TABLE,
      IndexName: 'byResource',
      KeyConditionExpression: 'resourceKey = :resource',
      ExpressionAttributeValues: { ':resource': resourceKey },
      ScanIndexForward: false,
      ...(cursor ? { ExclusiveStartKey: { resourceKey, ...decodeCursor(cursor, cursorSchema) } } : {}),
    },
    { operation: 'listEvents', requestId, limit, keep: ({ ttl }) => Number(ttl) > now },
  );
  return {
    items: items.map(parse),
    cursor: lastItem
      ? encodeCursor({ lane: String(lastItem.lane), eventKey: String(lastItem.eventKey) })
      : null,
  };
}
