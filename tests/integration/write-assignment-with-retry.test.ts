import { describe, expect, it } from 'vitest';
import { writeAssignmentWithRetry } from '@/lib/server/assignments/write-assignment-with-retry';
import { newRequestId } from '@/lib/server/request-id';
import { anAssignment, assignmentItem } from '@/tests/support/factories';
import { failCalls, loseAnswers, recordedCalls } from '@/tests/support/faults';

const command = 'PutItem';

describe('writeAssignmentWithRetry', () => {
  it('writes the assignment under its own id', async () => {
    const assignment = anAssignment();

    const written = await writeAssignmentWithRetry(assignment, assignment.requestId);

    expect(written).toEqual(assignment);
    expect(await assignmentItem(assignment.assignmentId)).toMatchObject({ title: assignment.title });
  });

  it('gives a new id at once to an assignment whose id is taken, and leaves the other as it was', async () => {
    const taken = anAssignment({ title: 'First' });
    await writeAssignmentWithRetry(taken, taken.requestId);

    const second = anAssignment({ assignmentId: taken.assignmentId, title: 'Second' });
    const written = await writeAssignmentWithRetry(second, second.requestId);

    expect(written.assignmentId).not.toBe(taken.assignmentId);
    expect(await assignmentItem(taken.assignmentId)).toMatchObject({ title: 'First' });
    expect(await assignmentItem(written.assignmentId)).toMatchObject({ title: 'Second' });
  });

  it('keeps the id when a lost answer hid a successful write', async () => {
    const assignment = anAssignment();
    loseAnswers({ command });

    const written = await writeAssignmentWithRetry(assignment, assignment.requestId);

    expect(written.assignmentId).toBe(assignment.assignmentId);
  });

  it('fails as a business error once as many new ids as retries were taken', async () => {
    const taken = anAssignment();
    await writeAssignmentWithRetry(taken, taken.requestId);

    const second = anAssignment({ assignmentId: taken.assignmentId });
    const write = writeAssignmentWithRetry(second, second.requestId, 0);

    await expect(write).rejects.toMatchObject({ code: 'CONDITIONAL_FAILED', errorClass: 'business' });
  });

  it.each([0, 1, 3])('makes at most %i retries when told so', async (maxRetries) => {
    failCalls('ThrottlingException', { command });

    const write = writeAssignmentWithRetry(anAssignment(), newRequestId(), maxRetries);

    await expect(write).rejects.toMatchObject({ code: 'THROTTLING' });
    expect(recordedCalls()).toHaveLength(maxRetries + 1);
  });

  it('fails fast when access is denied', async () => {
    failCalls('AccessDeniedException', { command });

    const write = writeAssignmentWithRetry(anAssignment(), newRequestId());

    await expect(write).rejects.toMatchObject({ code: 'ACCESS_DENIED', errorClass: 'system' });
    expect(recordedCalls()).toHaveLength(1);
  });
});
