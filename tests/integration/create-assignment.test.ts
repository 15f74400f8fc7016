import { describe, expect, it } from 'vitest';
import { effectsApplied } from '@/lib/server/assignments/apply-effects';
import { createAssignment } from '@/lib/server/assignments/create-assignment';
import { writeAssignmentWithRetry } from '@/lib/server/assignments/write-assignment-with-retry';
import { derivedAssignmentId, writeIdentity } from '@/lib/server/assignments/write-identity';
import { env } from '@/lib/server/env';
import { newRequestId } from '@/lib/server/request-id';
import {
  aCourse,
  anAssignment,
  anInstructor,
  assignmentItem,
  assignmentsOf,
  courseItem,
  eventsOf,
  userItem,
} from '@/tests/support/factories';
import { canceled, failCalls, loseAnswers, recordedCalls } from '@/tests/support/faults';
import { aNewAssignment } from '@/tests/support/new-assignment';

const command = 'TransactWriteItems';

async function aPlace() {
  const courseId = await aCourse();
  const author = await anInstructor([courseId]);
  return { courseId, author, input: aNewAssignment({ courseId }), requestId: newRequestId() };
}

describe('a create that nothing disturbs', () => {
  it('writes the assignment, one audit event with role and department, and both counters', async () => {
    const { courseId, author, input, requestId } = await aPlace();

    const { assignmentId, createdAt } = await createAssignment(input, author, { requestId });
    await effectsApplied();

    expect(await assignmentItem(assignmentId)).toMatchObject({ ...input, requestId, version: 1 });
    expect(await assignmentItem(assignmentId)).not.toHaveProperty('pendingEffects');
    expect(await assignmentItem(assignmentId)).not.toHaveProperty('pendingShard');
    expect(await courseItem(courseId)).toMatchObject({ assignmentCount: 1, lastAssignmentAt: createdAt });
    expect(await userItem(author.id)).toMatchObject({ assignmentsCreated: 1, lastAssignmentAt: createdAt });
    expect(await eventsOf(assignmentId)).toEqual([
      expect.objectContaining({
        action: 'CREATE_ASSIGNMENT',
        actor: { id: author.id, role: 'instructor', department: 'Physics' },
        resource: { kind: 'assignment', assignmentId, courseId, title: input.title, type: input.type },
        requestId,
      }),
    ]);
  });

  it('keeps the audit event for a year', async () => {
    const { author, input, requestId } = await aPlace();

    const { assignmentId, createdAt } = await createAssignment(input, author, { requestId });

    const [event] = await eventsOf(assignmentId);
    expect(event?.ttl).toBe(Math.floor(Date.parse(createdAt) / 1000) + 365 * 24 * 60 * 60);
  });
});

describe('the same form sent again', () => {
  it('answers the same assignment and writes nothing, counts nothing and audits nothing twice', async () => {
    const { courseId, author, input } = await aPlace();
    const idempotencyKey = crypto.randomUUID();

    const first = await createAssignment(input, author, { requestId: newRequestId(), idempotencyKey });
    const second = await createAssignment(input, author, { requestId: newRequestId(), idempotencyKey });
    await effectsApplied();

    expect(second.assignmentId).toBe(first.assignmentId);
    expect(second.requestId).toBe(first.requestId);
    expect(await courseItem(courseId)).toMatchObject({ assignmentCount: 1 });
    expect(await eventsOf(first.assignmentId)).toHaveLength(1);
  });

  it('writes once when it is sent many times at the same moment', async () => {
    const { courseId, author, input } = await aPlace();
    const idempotencyKey = crypto.randomUUID();

    const sent = Array.from({ length: 20 }, () =>
      createAssignment(input, author, { requestId: newRequestId(), idempotencyKey }),
    );
    const ids = new Set((await Promise.all(sent)).map(({ assignmentId }) => assignmentId));
    await effectsApplied();

    expect(ids.size).toBe(1);
    expect(await courseItem(courseId)).toMatchObject({ assignmentCount: 1 });
  });

  it('is refused with the created assignment when its content differs', async () => {
    const { author, input } = await aPlace();
    const idempotencyKey = crypto.randomUUID();
    const first = await createAssignment(input, author, { requestId: newRequestId(), idempotencyKey });

    const second = createAssignment({ ...input, title: 'Another' }, author, {
      requestId: newRequestId(),
      idempotencyKey,
    });

    await expect(second).rejects.toMatchObject({
      code: 'CONDITIONAL_FAILED',
      errorClass: 'business',
      current: expect.objectContaining({ assignmentId: first.assignmentId }),
    });
  });

  it('means another assignment when another person sends the same key', async () => {
    const { courseId, author, input } = await aPlace();
    const idempotencyKey = crypto.randomUUID();

    const first = await createAssignment(input, author, { requestId: newRequestId(), idempotencyKey });
    const other = await anInstructor([courseId]);
    const second = await createAssignment(input, other, { requestId: newRequestId(), idempotencyKey });

    expect(second.assignmentId).not.toBe(first.assignmentId);
  });

  it('finds what it wrote even where its first id belongs to somebody else', async () => {
    const { courseId, author, input } = await aPlace();
    const idempotencyKey = crypto.randomUUID();
    const { writeToken } = writeIdentity(input, { author, requestId: '', idempotencyKey });
    const taken = anAssignment({ assignmentId: derivedAssignmentId(writeToken, 0) });
    await writeAssignmentWithRetry(taken, taken.requestId);

    const first = await createAssignment(input, author, { requestId: newRequestId(), idempotencyKey });
    const second = await createAssignment(input, author, { requestId: newRequestId(), idempotencyKey });

    expect(first.assignmentId).not.toBe(taken.assignmentId);
    expect(second.assignmentId).toBe(first.assignmentId);
    expect(await assignmentsOf(courseId)).toHaveLength(1);
  });
});

describe('a create on a bad day', () => {
  it('succeeds with one assignment when the answer is lost after the write landed', async () => {
    const { courseId, author, input, requestId } = await aPlace();
    loseAnswers({ command, table: env.AUDIT_TABLE });

    const { assignmentId } = await createAssignment(input, author, { requestId });
    await effectsApplied();

    expect(await assignmentsOf(courseId)).toEqual([expect.objectContaining({ assignmentId })]);
    expect(await eventsOf(assignmentId)).toHaveLength(1);
    expect(await courseItem(courseId)).toMatchObject({ assignmentCount: 1 });
  });

  it.each(['ThrottlingException', 'ProvisionedThroughputExceededException', 'RequestLimitExceeded'])(
    'succeeds after three refusals by %s',
    async (name) => {
      const { author, input, requestId } = await aPlace();
      failCalls(name, { command, times: 3 });

      const { assignmentId } = await createAssignment(input, author, { requestId });

      expect(await assignmentItem(assignmentId)).toBeDefined();
    },
  );

  it('answers THROTTLING, and leaves nothing behind, when DynamoDB throttles to the end', async () => {
    const { courseId, author, input, requestId } = await aPlace();
    failCalls('ThrottlingException', { command });

    await expect(createAssignment(input, author, { requestId })).rejects.toMatchObject({
      code: 'THROTTLING',
      errorClass: 'transient',
      retryAfterSeconds: 5,
    });

    expect(recordedCalls().filter((call) => call.command === command)).toHaveLength(4);
    expect(await assignmentsOf(courseId)).toEqual([]);
  });

  it('writes once when the same form is sent again after it was throttled to the end', async () => {
    const { courseId, author, input } = await aPlace();
    const idempotencyKey = crypto.randomUUID();
    const recover = failCalls('ThrottlingException', { command });
    const first = createAssignment(input, author, { requestId: newRequestId(), idempotencyKey });
    await expect(first).rejects.toMatchObject({ code: 'THROTTLING' });
    recover();

    await createAssignment(input, author, { requestId: newRequestId(), idempotencyKey });
    await effectsApplied();

    expect(await assignmentsOf(courseId)).toHaveLength(1);
    expect(await courseItem(courseId)).toMatchObject({ assignmentCount: 1 });
  });

  it('names the missing table and its variable, without retrying', async () => {
    const { author, input, requestId } = await aPlace();
    failCalls('ResourceNotFoundException', { table: env.ASSIGNMENTS_TABLE });

    await expect(createAssignment(input, author, { requestId })).rejects.toMatchObject({
      code: 'RESOURCE_NOT_FOUND',
      errorClass: 'system',
      message: expect.stringMatching(new RegExp(`${env.ASSIGNMENTS_TABLE}.*ASSIGNMENTS_TABLE`)),
    });
  });

  it('names the denied action and the table, without retrying', async () => {
    const { author, input, requestId } = await aPlace();
    failCalls('AccessDeniedException', { table: env.ASSIGNMENTS_TABLE });

    await expect(createAssignment(input, author, { requestId })).rejects.toMatchObject({
      code: 'ACCESS_DENIED',
      message: expect.stringMatching(new RegExp(`dynamodb:PutItem.*${env.ASSIGNMENTS_TABLE}`)),
    });
  });

  it('retries a failing network, then answers SYSTEM_ERROR as transient', async () => {
    const { author, input, requestId } = await aPlace();
    failCalls('TimeoutError', { command });

    await expect(createAssignment(input, author, { requestId })).rejects.toMatchObject({
      code: 'SYSTEM_ERROR',
      errorClass: 'transient',
    });
    expect(recordedCalls().filter((call) => call.command === command)).toHaveLength(4);
  });

  it('does not mistake contention for a refusal of the audit table', async () => {
    const { author, input, requestId } = await aPlace();
    failCalls(canceled('None', 'TransactionConflict'), { command, table: env.AUDIT_TABLE, times: 2 });

    const { pendingEffects } = await createAssignment(input, author, { requestId });

    expect(pendingEffects).not.toContain('audit');
  });
});
