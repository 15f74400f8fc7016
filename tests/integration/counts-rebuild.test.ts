import { expect, it } from 'vitest';
import { effectsApplied } from '@/lib/server/assignments/apply-effects';
import { rebuildCounts } from '@/lib/server/consistency/rebuild-counts';
import { env } from '@/lib/server/env';
import { newRequestId } from '@/lib/server/request-id';
import { aCreated, aTaughtCourse, CHECKER, setByHand } from '@/tests/support/consistency';
import { courseItem, userItem } from '@/tests/support/factories';
import { beforeCall } from '@/tests/support/faults';

const CREATED = 4;
const TOO_MANY = 50;

const rebuild = () => rebuildCounts(CHECKER, newRequestId());

const courseCount = async (courseId: string) => (await courseItem(courseId))?.assignmentCount;
const personCount = async (userId: string) => (await userItem(userId))?.assignmentsCreated;

it('builds counts anew from the assignments, and names what they were', async () => {
  const { courseId, instructor } = await aTaughtCourse(CREATED);
  await setByHand({ TableName: env.COURSES_TABLE, Key: { courseId } }, { assignmentCount: 1 });
  await setByHand({ TableName: env.USERS_TABLE, Key: { userId: instructor.id } }, { assignmentsCreated: 99 });

  const rebuilt = await rebuild();

  const outcomesOf = (name: string) => rebuilt.find(({ invariant }) => invariant === name)?.outcomes;
  const repaired = { outcome: 'repaired', after: CREATED };
  expect(outcomesOf('course-counts')).toMatchObject([{ ...repaired, target: courseId, before: 1 }]);
  expect(outcomesOf('instructor-counts')).toMatchObject([{ ...repaired, target: instructor.id, before: 99 }]);
  expect([await courseCount(courseId), await personCount(instructor.id)]).toEqual([CREATED, CREATED]);
});

it('loses nothing of what is created while it runs', async () => {
  const { courseId, instructor } = await aTaughtCourse(CREATED);
  const wrong = CREATED + TOO_MANY;
  await setByHand({ TableName: env.COURSES_TABLE, Key: { courseId } }, { assignmentCount: wrong });
  const create = async () => {
    await aCreated(courseId, instructor);
    await effectsApplied();
  };
  beforeCall(create, { command: 'TransactWriteItems', includes: 'SET #count = :count' });

  await rebuild();

  // The count moved at the last moment, so it is left for the next time, with what was created on top.
  expect(await courseCount(courseId)).toBe(wrong + 1);
  await rebuild();
  expect(await courseCount(courseId)).toBe(CREATED + 1);
  expect(await personCount(instructor.id)).toBe(CREATED + 1);
});
