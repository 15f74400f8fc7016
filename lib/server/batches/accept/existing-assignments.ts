import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { duplicateKey } from '@/lib/server/batches/accept/seen-rows';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { withRetry } from '@/lib/server/retry';
import { assignmentSchema, type NewAssignment } from '@/lib/shared/assignment';

/** How many stored assignments one file is compared with at most, over all its courses. */
const MAX_COMPARED = 50_000;

const PAGE = 1000;

const storedSchema = assignmentSchema.pick({ assignmentId: true, title: true, type: true, dueAt: true });

/** Tells which rows are equal to a stored assignment in course, title, type and due date; reads each course once. */
export function existingAssignments(requestId: string) {
  const idsByCourse = new Map<string, Map<string, string>>();
  let compared = 0;
  let isComplete = true;

  const load = async (courseId: string): Promise<Map<string, string>> => {
    const ids = new Map<string, string>();
    let startKey: Record<string, unknown> | undefined;
    do {
      if (compared >= MAX_COMPARED) {
        isComplete = false;
        return ids;
      }
      const page = await readPage(courseId, startKey, requestId);
      for (const stored of page.items) ids.set(duplicateKey(stored), stored.assignmentId);
      compared += page.items.length;
      startKey = page.lastKey;
    } while (startKey);
    return ids;
  };

  return {
    /** Makes these courses known to `equalTo`. */
    async read(courseIds: Iterable<string>): Promise<void> {
      for (const courseId of courseIds) {
        if (!idsByCourse.has(courseId)) idsByCourse.set(courseId, await load(courseId));
      }
    },
    /** The id of a stored assignment that is equal. */
    equalTo: (assignment: NewAssignment): string | undefined =>
      idsByCourse.get(assignment.courseId)?.get(duplicateKey(assignment)),
    isComplete: () => isComplete,
  };
}

async function readPage(courseId: string, startKey: Record<string, unknown> | undefined, requestId: string) {
  const command = new QueryCommand({
    TableName: env.ASSIGNMENTS_TABLE,
    IndexName: 'byCourse',
    KeyConditionExpression: 'courseId = :courseId',
    ProjectionExpression: 'assignmentId, title, #type, dueAt',
    ExpressionAttributeNames: { '#type': 'type' },
    ExpressionAttributeValues: { ':courseId': courseId },
    Limit: PAGE,
    ExclusiveStartKey: startKey,
  });
  const context = { operation: 'acceptBatch', requestId, maxRetries: env.MAX_RETRIES };
  const page = await withRetry(() => documentClient.send(command), context);
  return {
    items: (page.Items ?? []).map((item) => storedSchema.parse(item)),
    lastKey: page.LastEvaluatedKey,
  };
}
