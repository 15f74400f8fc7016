import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { expandSegment, segmentKey, segmentLane } from '@/lib/server/audit-log/segment';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { withRetry } from '@/lib/server/retry';
import type { AssignmentEvent } from '@/lib/shared/audit-event';

/**
 * The event of one row in the segments of a batch, or undefined where none holds it (yet).
 * @throws {AppError} what DynamoDB answered
 */
export async function readSegmentEvent(
  { batchId, rowNumber }: { batchId: string; rowNumber: number },
  requestId: string,
): Promise<AssignmentEvent | undefined> {
  const command = new QueryCommand({
    TableName: env.AUDIT_TABLE,
    KeyConditionExpression: 'lane = :lane AND eventKey <= :row',
    ExpressionAttributeValues: { ':lane': segmentLane(batchId), ':row': segmentKey(rowNumber) },
    ScanIndexForward: false,
    Limit: 1,
    ConsistentRead: true,
  });
  const { Items = [] } = await withRetry(() => documentClient.send(command), {
    operation: 'readSegmentEvent',
    requestId,
    maxRetries: env.MAX_RETRIES,
  });
  const [segment] = Items;
  if (!segment) return undefined;
  return (await expandSegment(segment)).find(({ batch }) => batch?.rowNumber === rowNumber);
}
