import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import { effectsApplied } from '@/lib/server/assignments/apply-effects';
import { archiveAssignment } from '@/lib/server/assignments/archive-assignment';
import { createAssignment } from '@/lib/server/assignments/create-assignment';
import { restoreAssignment } from '@/lib/server/assignments/restore-assignment';
import { updateAssignment } from '@/lib/server/assignments/update-assignment';
import { replayAssignments } from '@/lib/server/audit-log/replay/replay-assignments';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { newRequestId } from '@/lib/server/request-id';
import { aReadyBatch, runBatch } from '@/tests/support/batches';
import { aCourse, anInstructor, assignmentsOf } from '@/tests/support/factories';
import { failCalls } from '@/tests/support/faults';
import { aNewAssignment } from '@/tests/support/new-assignment';

async function replayed() {
  const all = [];
  for await (const one of replayAssignments(newRequestId())) all.push(one);
  return all;
}

async function aLivelyAssignment(): Promise<string> {
  const courseId = await aCourse();
  const actor = await anInstructor([courseId]);
  const input = aNewAssignment({ courseId, description: 'long text '.repeat(80) });
  const { assignmentId } = await createAssignment(input, actor, { requestId: newRequestId() });
  const change = (version: number) => ({ actor, requestId: newRequestId(), version });
  await updateAssignment(assignmentId, { ...change(1), changes: { title: 'New', dueAt: null } });
  await archiveAssignment(assignmentId, change(2));
  await restoreAssignment(assignmentId, change(3));
  await updateAssignment(assignmentId, { ...change(4), changes: { description: 'other text '.repeat(90) } });
  await effectsApplied();
  return assignmentId;
}

describe('replaying the audit trail', () => {
  it('makes every assignment again from its events, those of forms and those of rows', async () => {
    const assignmentId = await aLivelyAssignment();
    const batch = await aReadyBatch({ chunks: [7, 5] });
    await runBatch(batch);
    const [row] = await assignmentsOf(batch.courseId);
    const edit = { actor: batch.actor, requestId: newRequestId(), version: 1, changes: { points: 7 } };
    await updateAssignment(String(row?.assignmentId), edit);

    const all = await replayed();

    expect(all).toHaveLength(13);
    expect(all.flatMap(({ differences }) => differences)).toEqual([]);
    expect(all.find((one) => one.assignmentId === assignmentId)).toMatchObject({ events: 5, pending: 0 });
  });

  it('counts an event that is still to be written among them', async () => {
    const courseId = await aCourse();
    const actor = await anInstructor([courseId]);
    const isOver = failCalls('ResourceNotFoundException', { table: env.AUDIT_TABLE });
    const { assignmentId } = await createAssignment(aNewAssignment({ courseId }), actor, {
      requestId: newRequestId(),
    });
    await effectsApplied();
    isOver();

    const one = (await replayed()).find((candidate) => candidate.assignmentId === assignmentId);

    expect(one).toMatchObject({ events: 1, pending: 1, differences: [] });
  });

  it('names the field that was changed beside the trail', async () => {
    const assignmentId = await aLivelyAssignment();
    await documentClient.send(
      new UpdateCommand({
        TableName: env.ASSIGNMENTS_TABLE,
        Key: { assignmentId },
        UpdateExpression: 'SET points = :more',
        ExpressionAttributeValues: { ':more': 999 },
      }),
    );

    const one = (await replayed()).find((candidate) => candidate.assignmentId === assignmentId);

    expect(one?.differences).toEqual([{ field: 'points', stored: 999, folded: 100 }]);
  });
});
