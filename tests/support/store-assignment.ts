import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { toItem } from '@/lib/server/assignments/assignment-item';
import { contentHash } from '@/lib/server/assignments/write-identity';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import type { Assignment } from '@/lib/shared/assignment';

/** Puts an assignment into the table as somebody else would have, uncounted. */
export async function storeAssignment(assignment: Assignment): Promise<void> {
  const Item = toItem(assignment, {
    writeToken: assignment.requestId,
    contentHash: contentHash(assignment),
  });
  await documentClient.send(new PutCommand({ TableName: env.ASSIGNMENTS_TABLE, Item }));
}
