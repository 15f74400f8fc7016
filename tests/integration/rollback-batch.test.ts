import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import { expect, it } from 'vitest';
import { updateAssignment } from '@/lib/server/assignments/update-assignment';
import { startBatch } from '@/lib/server/batches/start-batch';
import { lookAfterBatch } from '@/lib/server/batches/worker/look-after-batch';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { newRequestId } from '@/lib/server/request-id';
import { planBatch } from '@/lib/server/rollbacks/plan-batch';
import { runRollback } from '@/lib/server/rollbacks/run-rollback';
import { CANNOT } from '@/lib/shared/rollback';
import { aReadyBatch, batchOf, runBatch, type StoredBatch } from '@/tests/support/batches';
import { assignmentsOf } from '@/tests/support/factories';

async function aDoneBatch(): Promise<StoredBatch> {
  const batch = await aReadyBatch({ chunks: [30, 30] });
  await runBatch(batch);
  return batch;
}

const plan = (batchId: string) => planBatch({ batchId }, newRequestId());

const run = ({ batchId, actor }: StoredBatch) =>
  runRollback({ kind: 'batch', batchId, reason: 'Wrong file' }, { actor, requestId: newRequestId() });

it('plans the undo of an import with what it deletes and what it keeps, and that is what happens', async () => {
  const batch = await aDoneBatch();
  const [edited, gone] = (await assignmentsOf(batch.courseId)).map(({ assignmentId }) =>
    String(assignmentId),
  );
  const edit = { actor: batch.actor, requestId: newRequestId(), version: 1, changes: { points: 1 } };
  await updateAssignment(edited ?? '', edit);
  await documentClient.send(
    new DeleteCommand({ TableName: env.ASSIGNMENTS_TABLE, Key: { assignmentId: gone } }),
  );

  const planned = await plan(batch.batchId);
  const answer = await run(batch);
  const undoId = answer.result === 'batch' ? answer.batchId : '';
  await lookAfterBatch(undoId, { requestId: newRequestId(), isStopping: () => false });

  expect(planned).toMatchObject({
    will: [{ step: 'delete', count: 58 }],
    cannot: [
      { reason: CANNOT.changed_since, count: 1 },
      { reason: CANNOT.gone, count: 1 },
    ],
    blocked: null,
    isComplete: true,
  });
  expect(await batchOf(undoId)).toMatchObject({ deleted: 58, kept: 2, waiting: 0, reason: 'Wrong file' });
});

it('is one undo however often it is asked for, and says that it has been done', async () => {
  const batch = await aDoneBatch();

  const first = await run(batch);
  const second = await run(batch);

  expect(second).toEqual(first);
  const undoId = first.result === 'batch' ? first.batchId : '';
  await lookAfterBatch(undoId, { requestId: newRequestId(), isStopping: () => false });
  expect(await plan(batch.batchId)).toMatchObject({
    will: [],
    blocked: 'It has been undone already',
    batch: { undoneBy: undoId },
  });
  expect(await plan(undoId)).toMatchObject({ blocked: expect.stringContaining('undo itself') });
});

it('waits for the end of the import', async () => {
  const batch = await aReadyBatch({ chunks: [5] });
  await startBatch(batch.batchId, batch.actor, newRequestId());

  expect(await plan(batch.batchId)).toMatchObject({ blocked: expect.stringContaining('has not ended') });
});
