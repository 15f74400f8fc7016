import { describe, expect, it } from 'vitest';
import { effectsApplied } from '@/lib/server/assignments/apply-effects';
import { archiveAssignment } from '@/lib/server/assignments/archive-assignment';
import { createAssignment } from '@/lib/server/assignments/create-assignment';
import { readAssignment } from '@/lib/server/assignments/read-assignment';
import { restoreAssignment } from '@/lib/server/assignments/restore-assignment';
import { sweepEffects } from '@/lib/server/assignments/sweep-effects';
import { updateAssignment } from '@/lib/server/assignments/update-assignment';
import { listEventsOfAssignment } from '@/lib/server/audit-log/list-events-of-assignment';
import { env } from '@/lib/server/env';
import { newRequestId } from '@/lib/server/request-id';
import { aCourse, anInstructor, courseItem, eventsOf } from '@/tests/support/factories';
import { canceled, failCalls, loseAnswers } from '@/tests/support/faults';
import { aNewAssignment } from '@/tests/support/new-assignment';

const command = 'TransactWriteItems';
const LATER = '9999-01-01T00:00:00.000Z';

async function aStoredAssignment(overrides = {}) {
  const courseId = await aCourse();
  const actor = await anInstructor([courseId]);
  const input = aNewAssignment({ courseId, ...overrides });
  const { assignmentId } = await createAssignment(input, actor, { requestId: newRequestId() });
  await effectsApplied();
  return { assignmentId, actor, courseId, edit: { actor, requestId: newRequestId() } };
}

describe('an edit', () => {
  it('changes the named fields, raises the version and writes one event with before and after', async () => {
    const { assignmentId, edit } = await aStoredAssignment({ title: 'Old', points: 10 });

    const changed = await updateAssignment(assignmentId, {
      ...edit,
      version: 1,
      changes: { title: 'New', points: 20 },
    });

    expect(changed).toMatchObject({ title: 'New', points: 20, version: 2, weight: 10 });
    expect(await readAssignment(assignmentId, edit.actor, edit.requestId)).toEqual(changed);
    expect((await eventsOf(assignmentId)).at(-1)).toMatchObject({
      action: 'UPDATE_ASSIGNMENT',
      changes: { title: { before: 'Old', after: 'New' }, points: { before: 10, after: 20 } },
      assignmentVersion: 2,
      requestId: edit.requestId,
    });
  });

  it('of nothing writes nothing', async () => {
    const { assignmentId, edit } = await aStoredAssignment({ title: 'Same' });

    const { version } = await updateAssignment(assignmentId, {
      ...edit,
      version: 1,
      changes: { title: 'Same' },
    });

    expect(version).toBe(1);
    expect(await eventsOf(assignmentId)).toHaveLength(1);
  });

  it('of a stale version is refused with the current assignment and loses nothing of it', async () => {
    const { assignmentId, edit, actor } = await aStoredAssignment({ title: 'Old' });
    await updateAssignment(assignmentId, { ...edit, version: 1, changes: { title: 'Theirs' } });

    const stale = updateAssignment(assignmentId, {
      actor,
      requestId: newRequestId(),
      version: 1,
      changes: { title: 'Mine' },
    });

    await expect(stale).rejects.toMatchObject({
      code: 'CONDITIONAL_FAILED',
      current: expect.objectContaining({ title: 'Theirs', version: 2 }),
    });
    expect(await eventsOf(assignmentId)).toHaveLength(2);
  });

  it('lets exactly one of ten people win who edit the same version at the same moment', async () => {
    const { assignmentId, actor } = await aStoredAssignment();

    const edits = await Promise.allSettled(
      Array.from({ length: 10 }, (_, person) =>
        updateAssignment(assignmentId, {
          actor,
          requestId: newRequestId(),
          version: 1,
          changes: { title: `Edit ${person}` },
        }),
      ),
    );

    expect(edits.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await eventsOf(assignmentId)).toHaveLength(2);
  });

  it('succeeds once when its answer is lost after it landed', async () => {
    const { assignmentId, edit } = await aStoredAssignment();
    loseAnswers({ command });

    const changed = await updateAssignment(assignmentId, { ...edit, version: 1, changes: { title: 'New' } });

    expect(changed).toMatchObject({ title: 'New', version: 2 });
    expect(await eventsOf(assignmentId)).toHaveLength(2);
  });

  it('answers the same result when the same form is sent again with its key', async () => {
    const { assignmentId, actor } = await aStoredAssignment();
    const edit = { actor, version: 1, changes: { title: 'New' }, idempotencyKey: crypto.randomUUID() };

    const first = await updateAssignment(assignmentId, { ...edit, requestId: newRequestId() });
    const second = await updateAssignment(assignmentId, { ...edit, requestId: newRequestId() });

    expect(second).toEqual(first);
    expect(await eventsOf(assignmentId)).toHaveLength(2);
  });

  it('that would put the dates out of order names the field', async () => {
    const { assignmentId, edit } = await aStoredAssignment({ dueAt: '2030-03-01T00:00:00.000Z' });

    const wrong = updateAssignment(assignmentId, {
      ...edit,
      version: 1,
      changes: { availableUntil: '2030-02-01T00:00:00.000Z' },
    });

    await expect(wrong).rejects.toMatchObject({
      code: 'VALIDATION_ERROR',
      fields: [expect.objectContaining({ field: 'availableUntil' })],
    });
  });

  it('meets a conflict with the effects of the create and still succeeds', async () => {
    const { assignmentId, edit } = await aStoredAssignment();
    failCalls(canceled('TransactionConflict', 'None'), { command, times: 5 });

    const changed = await updateAssignment(assignmentId, { ...edit, version: 1, changes: { title: 'New' } });

    expect(changed.version).toBe(2);
  });

  it('keeps a long description out of the audit event but provable by its hash', async () => {
    const { assignmentId, edit } = await aStoredAssignment();
    const description = 'x'.repeat(20_000);

    await updateAssignment(assignmentId, { ...edit, version: 1, changes: { description } });

    expect((await eventsOf(assignmentId)).at(-1)?.changes.description).toMatchObject({
      before: '',
      after: { length: 20_000, excerpt: 'x'.repeat(500), sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
    });
  });

  it('is refused in a course that the person does not teach, and for an id that does not exist', async () => {
    const { assignmentId } = await aStoredAssignment();
    const stranger = {
      actor: await anInstructor(),
      requestId: newRequestId(),
      version: 1,
      changes: { title: 'Mine' },
    };

    await expect(updateAssignment(assignmentId, stranger)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(updateAssignment('assignment_none', stranger)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('an edit while the audit table refuses', () => {
  it('is stored, keeps its event pending, and writes each event once when the table returns', async () => {
    const { assignmentId, actor, courseId } = await aStoredAssignment({ title: 'Old' });
    const recover = failCalls('ResourceNotFoundException', { command, table: env.AUDIT_TABLE });

    const first = await updateAssignment(assignmentId, {
      actor,
      requestId: newRequestId(),
      version: 1,
      changes: { title: 'Second' },
    });
    const second = await updateAssignment(assignmentId, {
      actor,
      requestId: newRequestId(),
      version: 2,
      changes: { title: 'Third' },
    });

    expect(first.pendingEffects).toEqual(['audit']);
    expect(second).toMatchObject({ title: 'Third', version: 3, pendingEffects: ['audit'] });
    expect(await eventsOf(assignmentId)).toHaveLength(1);
    recover();
    await sweepEffects(LATER, newRequestId());
    const titles = (await eventsOf(assignmentId)).map(({ changes }) => changes.title?.after);
    expect(titles).toEqual(['Old', 'Second', 'Third']);
    expect(await courseItem(courseId)).toMatchObject({ assignmentCount: 1 });
    expect((await readAssignment(assignmentId, actor, newRequestId())).pendingEffects).toEqual([]);
  });
});

describe('archive and restore', () => {
  it('takes an assignment out of use and brings it back as a draft, with one event each', async () => {
    const { assignmentId, edit, actor } = await aStoredAssignment();

    const archived = await archiveAssignment(assignmentId, { ...edit, version: 1 });
    const restored = await restoreAssignment(assignmentId, { actor, requestId: newRequestId(), version: 2 });

    expect([archived.status, restored.status]).toEqual(['archived', 'draft']);
    const actions = (await eventsOf(assignmentId)).map(({ action }) => action);
    expect(actions).toEqual(['CREATE_ASSIGNMENT', 'ARCHIVE_ASSIGNMENT', 'RESTORE_ASSIGNMENT']);
  });

  it('changes nothing when it is done already', async () => {
    const { assignmentId, edit } = await aStoredAssignment();
    await archiveAssignment(assignmentId, { ...edit, version: undefined });

    const again = await archiveAssignment(assignmentId, {
      ...edit,
      requestId: newRequestId(),
      version: undefined,
    });

    expect(again.version).toBe(2);
    expect(await eventsOf(assignmentId)).toHaveLength(2);
  });

  it('keeps an archived assignment from being edited until it is restored', async () => {
    const { assignmentId, edit } = await aStoredAssignment();
    await archiveAssignment(assignmentId, { ...edit, version: 1 });

    const late = updateAssignment(assignmentId, { ...edit, version: 2, changes: { title: 'Late' } });

    await expect(late).rejects.toMatchObject({ code: 'CONDITIONAL_FAILED', errorClass: 'business' });
  });
});

describe('the history of an assignment', () => {
  it('lists events newest first, page by page, none missed and none twice', async () => {
    const { assignmentId, actor } = await aStoredAssignment();
    for (let version = 1; version <= 6; version++) {
      const changes = { title: `Version ${version}` };
      await updateAssignment(assignmentId, { actor, requestId: newRequestId(), version, changes });
    }

    const versions: number[] = [];
    let cursor: string | null | undefined;
    do {
      const page = await listEventsOfAssignment(
        { assignmentId },
        {
          limit: 3,
          requestId: 'req_1_history',
          ...(cursor ? { cursor } : {}),
        },
      );
      versions.push(...page.items.map(({ assignmentVersion }) => assignmentVersion));
      cursor = page.cursor;
    } while (cursor);

    expect(versions).toEqual([7, 6, 5, 4, 3, 2, 1]);
  });
});
