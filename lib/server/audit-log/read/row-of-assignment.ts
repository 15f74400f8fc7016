import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { EventItem } from '@/lib/server/audit-log/read/summary-item';
import { expandSegment, segmentKey, segmentLane } from '@/lib/server/audit-log/segment';
import { readStored } from '@/lib/server/consistency/read-stored';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { withRetry } from '@/lib/server/retry';
import type { AuditFilter } from '@/lib/shared/audit-log';

const ASSIGNMENT = 'assignment:';

/**
 * The event of the row that created an assignment of a batch, for a filter on that assignment: none where it did not come
 * from a batch, or is not there any more.
 * @throws {AppError} what DynamoDB answered
 */
export async function readRowOfAssignment(
  { resource }: Pick<AuditFilter, 'resource'>,
  requestId: string,
): Promise<EventItem[]> {
  if (!resource?.startsWith(ASSIGNMENT)) return [];
  const assignmentId = resource.slice(ASSIGNMENT.length);
  const stored = await readStored(env.ASSIGNMENTS_TABLE, { assignmentId }, requestId);
  if (typeof stored?.batchId !== 'string' || typeof stored.rowNumber !== 'number') return [];
  const row = await readRow({ batchId: stored.batchId, rowNumber: stored.rowNumber }, requestId);
  return row && row.event.resource.assignmentId === assignmentId ? [row.item] : [];
}

/**
 * One row in the segments of a batch, as an event and as what lists show of it, beside the stored segment that holds it.
 * @throws {AppError} what DynamoDB answered
 */
export async function readRow(
  { batchId, rowNumber }: { batchId: string; rowNumber: number },
  requestId: string,
) {
  const command = new QueryCommand({
    TableName: env.AUDIT_TABLE,
    KeyConditionExpression: 'lane = :lane AND eventKey <= :row',
    ExpressionAttributeValues: { ':lane': segmentLane(batchId), ':row': segmentKey(rowNumber) },
    ScanIndexForward: false,
    Limit: 1,
  });
  const { Items = [] } = await withRetry(() => documentClient.send(command), {
    operation: 'readRow',
    requestId,
    maxRetries: env.MAX_RETRIES,
  });
  const [segment] = Items;
  const event = segment && (await expandSegment(segment)).find(({ batch }) => batch?.rowNumber === rowNumber);
  return segment && event ? { segment, event, item: rowItem(segment, event) } : undefined;
}

/** A row of a segment as if it were a single event of its own. */
export function rowItem(
  { lane, timeKey, ingestedAt }: Record<string, unknown>,
  event: Awaited<ReturnType<typeof expandSegment>>[number],
): EventItem {
  const { changes, schemaVersion, ...summary } = event;
  const key = `${typeof timeKey === 'string' ? timeKey : event.time}#${event.batch?.rowNumber ?? 0}`;
  return {
    kind: 'event',
    ...summary,
    lane: String(lane),
    eventKey: key,
    timeKey: key,
    ...(typeof ingestedAt === 'string' ? { ingestedAt } : {}),
  };
}
