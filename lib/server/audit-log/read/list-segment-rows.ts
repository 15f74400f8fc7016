import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { toEventEntry } from '@/lib/server/audit-log/read/list-entries';
import { namesOf } from '@/lib/server/audit-log/read/people';
import { rowItem } from '@/lib/server/audit-log/read/row-of-assignment';
import { expandSegment, segmentKey, segmentLane } from '@/lib/server/audit-log/segment';
import { decodeCursor, encodeCursor } from '@/lib/server/cursor';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { withRetry } from '@/lib/server/retry';
import type { AuditEventEntry, AuditSegmentPage, auditSegmentQuerySchema } from '@/lib/shared/audit-log';

const cursorSchema = z.object({ row: z.string().regex(/^\d{1,9}$/) });

/** Segments that a query reads at a time; one holds up to 500 rows. */
const SEGMENTS_AT_ONCE = 4;

/**
 * The events of the rows that a batch wrote, in the order of the rows.
 * @throws {AppError} VALIDATION_ERROR for a cursor that is not ours, or what DynamoDB answered
 */
export async function listSegmentRows(
  batchId: string,
  { action, cursor, limit }: z.infer<typeof auditSegmentQuerySchema>,
  requestId: string,
): Promise<AuditSegmentPage> {
  const after = cursor === undefined ? 0 : Number(decodeCursor(cursor, cursorSchema).row);
  const items: AuditEventEntry[] = [];
  for await (const entry of rowsBehind({ batchId, after, requestId })) {
    if (entry.action !== action) continue;
    items.push(entry);
    // One more than asked for shows that there is a next page.
    if (items.length > limit) break;
  }
  const page = items.slice(0, limit);
  const last = page.at(-1)?.batch?.rowNumber;
  return {
    items: page,
    cursor: items.length > limit && last !== undefined ? encodeCursor({ row: String(last) }) : null,
    people: await namesOf(
      page.map(({ actor }) => actor.id),
      requestId,
    ),
  };
}

type Rows = { batchId: string; after: number; requestId: string };

async function* rowsBehind({ batchId, after, requestId }: Rows): AsyncGenerator<AuditEventEntry> {
  const from = await firstSegment({ batchId, after, requestId });
  let startKey: Record<string, unknown> | undefined;
  do {
    const command = new QueryCommand({
      TableName: env.AUDIT_TABLE,
      KeyConditionExpression: 'lane = :lane AND eventKey >= :from',
      ExpressionAttributeValues: { ':lane': segmentLane(batchId), ':from': from },
      Limit: SEGMENTS_AT_ONCE,
      ExclusiveStartKey: startKey,
    });
    const { Items = [], LastEvaluatedKey } = await send(command, requestId);
    for (const segment of Items.filter(({ ttl }) => Number(ttl) > Date.now() / 1000)) {
      const rows = (await expandSegment(segment)).filter(({ batch }) => (batch?.rowNumber ?? 0) > after);
      yield* rows.map((event) => toEventEntry(rowItem(segment, event)));
    }
    startKey = LastEvaluatedKey;
  } while (startKey);
}

/** The key of the segment that holds the row behind which it goes on. */
async function firstSegment({ batchId, after, requestId }: Rows): Promise<string> {
  if (after === 0) return segmentKey(0);
  const command = new QueryCommand({
    TableName: env.AUDIT_TABLE,
    KeyConditionExpression: 'lane = :lane AND eventKey <= :row',
    ExpressionAttributeValues: { ':lane': segmentLane(batchId), ':row': segmentKey(after) },
    ProjectionExpression: 'eventKey',
    ScanIndexForward: false,
    Limit: 1,
  });
  const { Items = [] } = await send(command, requestId);
  return String(Items[0]?.eventKey ?? segmentKey(0));
}

function send(command: QueryCommand, requestId: string) {
  return withRetry(() => documentClient.send(command), {
    operation: 'listSegmentRows',
    requestId,
    maxRetries: env.MAX_RETRIES,
  });
}
