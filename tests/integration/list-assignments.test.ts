import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { effectsApplied } from '@/lib/server/assignments/apply-effects';
import { createAssignment } from '@/lib/server/assignments/create-assignment';
import { listAssignments } from '@/lib/server/assignments/list-assignments';
import { newRequestId } from '@/lib/server/request-id';
import { type AssignmentFilter, assignmentFilterSchema, type NewAssignment } from '@/lib/shared/assignment';
import type { Actor } from '@/lib/shared/session';
import { aCourse, anInstructor } from '@/tests/support/factories';
import { aNewAssignment } from '@/tests/support/new-assignment';

const DUE = [
  '2030-01-01T00:00:00.000Z',
  '2030-02-01T00:00:00.000Z',
  '2030-02-01T00:00:00.000Z',
  '2030-03-01T00:00:00.000Z',
  null,
];

async function aCourseWith(assignments: Partial<NewAssignment>[]) {
  const courseId = await aCourse();
  const actor = await anInstructor([courseId]);
  for (const overrides of assignments) {
    await createAssignment(aNewAssignment({ courseId, ...overrides }), actor, { requestId: newRequestId() });
  }
  await effectsApplied();
  return { courseId, actor };
}

const filterOf = (query: Record<string, unknown>): AssignmentFilter => assignmentFilterSchema.parse(query);

async function listAll(query: Record<string, unknown>, actor: Actor) {
  const items = [];
  let cursor: string | null = null;
  do {
    const page = await listAssignments(
      filterOf({ ...query, ...(cursor ? { cursor } : {}) }),
      actor,
      'req_1_list',
    );
    expect(page.items.length).toBeLessThanOrEqual(Number(query.limit ?? 25));
    items.push(...page.items);
    cursor = page.cursor;
  } while (cursor);
  return items;
}

describe('the list of assignments', () => {
  it('shows a course by due date, those without one last, in either order', async () => {
    const { courseId, actor } = await aCourseWith([...DUE].reverse().map((dueAt) => ({ dueAt })));

    const ascending = await listAll({ courseId }, actor);
    const descending = await listAll({ courseId, order: 'desc' }, actor);

    expect(ascending.map(({ dueAt }) => dueAt)).toEqual(DUE);
    expect(descending.map(({ dueAt }) => dueAt)).toEqual([...DUE].reverse());
  });

  it('pages through every filter without missing or repeating one', async () => {
    const types = Array.from({ length: 30 }, (_, number) => ({
      title: number % 3 === 0 ? `Quiz ${number}` : `Essay ${number}`,
      status: number % 2 === 0 ? ('draft' as const) : ('published' as const),
      dueAt: DUE[number % DUE.length] ?? null,
    }));
    const { courseId, actor } = await aCourseWith(types);
    const everything = await listAll({ courseId, limit: 100 }, actor);

    await fc.assert(
      fc.asyncProperty(
        fc.record({
          limit: fc.integer({ min: 1, max: 12 }),
          status: fc.option(fc.constantFrom('draft', 'published'), { nil: undefined }),
          title: fc.option(fc.constantFrom('quiz', 'ESSAY', 'Quiz 1', 'none'), { nil: undefined }),
          dueFrom: fc.option(fc.constantFrom(...DUE.filter((due) => due !== null)), { nil: undefined }),
          dueTo: fc.option(fc.constantFrom(...DUE.filter((due) => due !== null)), { nil: undefined }),
          order: fc.constantFrom('asc', 'desc'),
          by: fc.constantFrom('course', 'instructor'),
        }),
        async ({ by, ...query }) => {
          const owner = by === 'course' ? { courseId } : { instructorId: actor.id };
          const { title, status, dueFrom, dueTo, order } = query;
          fc.pre(!dueFrom || !dueTo || dueFrom <= dueTo);

          const found = await listAll({ ...owner, ...query }, actor);

          const expected = everything.filter(
            (item) =>
              (!status || item.status === status) &&
              (!title || item.title.toLowerCase().startsWith(title.toLowerCase())) &&
              (!dueFrom || (item.dueAt !== null && item.dueAt >= dueFrom)) &&
              (!dueTo || (item.dueAt !== null && item.dueAt <= dueTo)),
          );
          expect(found).toEqual(order === 'asc' ? expected : expected.reverse());
        },
      ),
      { numRuns: 60 },
    );
  });

  it('ends in a short page with a cursor instead of searching forever', async () => {
    const { courseId, actor } = await aCourseWith([{ title: 'Only one' }]);

    const page = await listAssignments(filterOf({ courseId, title: 'nothing' }), actor, 'req_1_list');

    expect(page).toEqual({ items: [], cursor: null });
  });

  it('shows an instructor nothing of a foreign course or of a colleague', async () => {
    const { courseId, actor } = await aCourseWith([{}]);
    const stranger = await anInstructor();

    const byCourse = listAssignments(filterOf({ courseId }), stranger, 'req_1_list');
    const byColleague = listAssignments(filterOf({ instructorId: actor.id }), stranger, 'req_1_list');

    await expect(byCourse).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(byColleague).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  it('lists the own assignments when neither course nor instructor is named', async () => {
    const { actor } = await aCourseWith([{ title: 'Mine' }]);

    const { items } = await listAssignments(filterOf({}), actor, 'req_1_list');

    expect(items.map(({ title }) => title)).toEqual(['Mine']);
  });

  it.each(['nonsense', 'eyJkdWVLZXkiOiJ4In0', Buffer.from('{"dueKey":5}').toString('base64url')])(
    'refuses the forged cursor %s',
    async (cursor) => {
      const { courseId, actor } = await aCourseWith([]);

      const page = listAssignments(filterOf({ courseId, cursor }), actor, 'req_1_list');

      await expect(page).rejects.toMatchObject({
        code: 'VALIDATION_ERROR',
        fields: [expect.objectContaining({ field: 'cursor' })],
      });
    },
  );
});
