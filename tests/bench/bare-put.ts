import { randomUUID } from 'node:crypto';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { toItem } from '@/lib/server/assignments/assignment-item';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { newRequestId } from '@/lib/server/request-id';
import { aNewAssignment } from '@/tests/support/new-assignment';

/** The least a create can cost: one conditional put of the item that the product would write. */
export async function bareConditionalPut(courseId: string): Promise<void> {
  const now = new Date().toISOString();
  const requestId = newRequestId();
  const item = toItem(
    {
      ...aNewAssignment({ courseId }),
      assignmentId: `assignment_${randomUUID()}`,
      version: 1,
      createdBy: { id: 'user_bench', role: 'instructor', department: 'STEM' },
      createdAt: now,
      updatedAt: now,
      requestId,
      pendingEffects: [],
    },
    { writeToken: requestId, contentHash: '' },
  );
  await documentClient.send(
    new PutCommand({
      TableName: env.ASSIGNMENTS_TABLE,
      Item: item,
      ConditionExpression: 'attribute_not_exists(assignmentId)',
    }),
  );
}
