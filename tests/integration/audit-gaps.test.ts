import { describe, expect, it } from 'vitest';
import { GET } from '@/app/api/audit-log/gaps/route';
import { createAssignment } from '@/lib/server/assignments/create-assignment';
import { sweepEffects } from '@/lib/server/assignments/sweep-effects';
import { updateAssignment } from '@/lib/server/assignments/update-assignment';
import { countGaps } from '@/lib/server/audit-log/gaps/count-gaps';
import { recordEvent, settleKeptEvents } from '@/lib/server/audit-log/record-event';
import { settingEvent } from '@/lib/server/audit-log/setting-event';
import { lookAfterBatch } from '@/lib/server/batches/worker/look-after-batch';
import { env } from '@/lib/server/env';
import { lookAfterItems } from '@/lib/server/failed-items/settle/look-after-items';
import { newRequestId } from '@/lib/server/request-id';
import type { AuditAuthor } from '@/lib/shared/audit-event';
import { auditGapsSchema } from '@/lib/shared/audit-log';
import { aReadyBatch, runBatch, segmentEventsOf } from '@/tests/support/batches';
import { aCourse, anInstructor, eventsOf } from '@/tests/support/factories';
import { aBatchWithFailures, act, failedItemEventsOf, rowId } from '@/tests/support/failed-items';
import { awsError, failCalls } from '@/tests/support/faults';
import { aNewAssignment } from '@/tests/support/new-assignment';
import { cookieOf } from '@/tests/support/session';

const gaps = () => countGaps(newRequestId());

/** What belongs to no item of its own. */
const aSetting = (author: AuditAuthor) =>
  settingEvent({
    ...{ action: 'SAVE_MAPPING', name: 'mapping', changes: {}, author },
    ...{ requestId: newRequestId(), time: new Date().toISOString() },
  });

/** Every round of the worker that has to do with events, once. */
async function workerRounds(batchId: string): Promise<void> {
  const requestId = newRequestId();
  await sweepEffects('9999-01-01T00:00:00.000Z', requestId);
  await lookAfterBatch(batchId, { requestId, isStopping: () => false });
  await lookAfterItems(requestId);
  await settleKeptEvents(requestId);
}

describe('gaps of the audit trail', () => {
  it('are every event that the table refused, and close by themselves with exactly one event each', async () => {
    const courseId = await aCourse();
    const author = await anInstructor([courseId]);
    const failed = await aBatchWithFailures({ rows: 3, failed: [3] });
    const batch = await aReadyBatch({ chunks: [10, 10] });
    const before = new Date().toISOString();
    const recover = failCalls(awsError('ResourceNotFoundException'), { table: env.AUDIT_TABLE });

    const form = aNewAssignment({ courseId });
    const created = await createAssignment(form, author, { requestId: newRequestId() });
    await updateAssignment(created.assignmentId, {
      changes: { title: 'Changed' },
      version: 1,
      actor: author,
      requestId: newRequestId(),
    });
    await runBatch(batch);
    await act([rowId(failed, 3)], { action: 'discard', reason: 'Not needed' });
    await recordEvent(aSetting(author), newRequestId());
    const open = await gaps();
    recover();
    await workerRounds(batch.batchId);

    // One creation, one edit, the batch's start and end, 20 rows, what was done with the failed row, and a setting.
    expect(open).toMatchObject({ pending: 1 + 1 + 2 + 20 + 1 + 1, isAtLeast: false, mode: 'lenient' });
    expect(open.oldest ?? '').toMatch(/^\d{4}-\d\d-\d\dT/);
    expect((open.oldest ?? '') >= before).toBe(true);
    expect(await gaps()).toMatchObject({ pending: 0, oldest: null, isAtLeast: false });
    expect((await eventsOf(created.assignmentId)).map(({ action }) => action)).toEqual([
      'CREATE_ASSIGNMENT',
      'UPDATE_ASSIGNMENT',
    ]);
    expect(await segmentEventsOf(batch.batchId)).toHaveLength(20);
    expect(await failedItemEventsOf(rowId(failed, 3))).toHaveLength(1);
  });

  it('are told to those who may read the trail', async () => {
    const ask = async (cookie: string) =>
      GET(new Request('http://127.0.0.1/api/audit-log/gaps', { headers: { cookie } }), {
        params: Promise.resolve({}),
      });

    const auditor = await ask((await cookieOf('auditor')).cookie);
    const instructor = await ask((await cookieOf('instructor')).cookie);

    expect(auditGapsSchema.parse((await auditor.json()).data)).toMatchObject({ mode: 'lenient' });
    expect(instructor.status).toBe(403);
  });
});
