import { derivedAssignmentId } from '@/lib/server/assignments/write-identity';
import { batchGet } from '@/lib/server/batch-get';
import { env } from '@/lib/server/env';
import type { FailedItemItem } from '@/lib/server/failed-items/failed-item';

/**
 * Looks for what an intended write may have left: the assignment under one of the IDs that it tries, with its own token.
 * @returns the stored item, or undefined where nothing of it has arrived
 * @throws {AppError} what DynamoDB answered
 */
export async function findLanded(
  { writeToken, assignmentId, mayTakeNewId }: FailedItemItem,
  requestId: string,
): Promise<Record<string, unknown> | undefined> {
  const derived = Array.from({ length: env.MAX_RETRIES + 1 }, (_, attempt) =>
    derivedAssignmentId(writeToken, attempt),
  );
  const ids = new Set([...(assignmentId === null ? [] : [assignmentId]), ...(mayTakeNewId ? derived : [])]);
  const keys = [...ids].map((id) => ({ assignmentId: id }));
  const items = await batchGet(env.ASSIGNMENTS_TABLE, keys, { operation: 'findLanded', requestId });
  return items.find((item) => item.writeToken === writeToken);
}
