import { afterEach, expect, it } from 'vitest';
import { effectsApplied } from '@/lib/server/assignments/apply-effects';
import { createAssignment } from '@/lib/server/assignments/create-assignment';
import { env } from '@/lib/server/env';
import { newRequestId } from '@/lib/server/request-id';
import { startWorker, stopWorker } from '@/lib/server/worker';
import { aCourse, anInstructor, courseItem } from '@/tests/support/factories';
import { failCalls, recordedCalls } from '@/tests/support/faults';
import { aNewAssignment } from '@/tests/support/new-assignment';

afterEach(stopWorker);

it('counts what was pending once the courses table is back, without anybody asking', async () => {
  const courseId = await aCourse();
  const author = await anInstructor([courseId]);
  const recover = failCalls('ResourceNotFoundException', {
    command: 'TransactWriteItems',
    table: env.COURSES_TABLE,
  });
  await createAssignment(aNewAssignment({ courseId }), author, { requestId: newRequestId() });
  await effectsApplied();
  expect(await courseItem(courseId)).toMatchObject({ assignmentCount: 0 });

  startWorker({ everyMs: 10, ageMs: -1000 });
  recover();

  await expect.poll(() => courseItem(courseId)).toMatchObject({ assignmentCount: 1 });
});

it('goes on sweeping after a sweep that failed', async () => {
  const recover = failCalls('TimeoutError', { command: 'Query' });
  startWorker({ everyMs: 5, ageMs: 0 });
  const courseId = await aCourse();
  const author = await anInstructor([courseId]);
  const recoverEffects = failCalls('TimeoutError', {
    command: 'TransactWriteItems',
    table: env.COURSES_TABLE,
  });
  await createAssignment(aNewAssignment({ courseId }), author, { requestId: newRequestId() });
  await effectsApplied();

  await expect
    .poll(() => recordedCalls().filter(({ command }) => command === 'Query').length)
    .toBeGreaterThan(8);
  recoverEffects();
  recover();

  await expect.poll(() => courseItem(courseId)).toMatchObject({ assignmentCount: 1 });
});
