import { effectsApplied } from '@/lib/server/assignments/apply-effects';
import { archiveAssignment } from '@/lib/server/assignments/archive-assignment';
import { createAssignment } from '@/lib/server/assignments/create-assignment';
import { restoreAssignment } from '@/lib/server/assignments/restore-assignment';
import { updateAssignment } from '@/lib/server/assignments/update-assignment';
import { newRequestId } from '@/lib/server/request-id';
import type { AssignmentChanges } from '@/lib/shared/assignment';
import type { Actor } from '@/lib/shared/session';
import { aCourse, anInstructor } from '@/tests/support/factories';
import { aNewAssignment } from '@/tests/support/new-assignment';

export type World = { courseId: string; ada: Actor; bob: Actor; from: string };

/** Two people in one course. What Ada does from now on is what is rolled back. */
export async function aWorld(): Promise<World> {
  const courseId = await aCourse();
  const [ada, bob] = await Promise.all([anInstructor([courseId]), anInstructor([courseId])]);
  return { courseId, ada, bob, from: new Date().toISOString() };
}

export async function createAs(actor: Actor, courseId: string, title = 'As created') {
  const { assignmentId } = await createAssignment(aNewAssignment({ courseId, title }), actor, {
    requestId: newRequestId(),
  });
  await effectsApplied();
  return assignmentId;
}

export const editAs = (actor: Actor, assignmentId: string, version: number, changes: AssignmentChanges) =>
  updateAssignment(assignmentId, { actor, version, changes, requestId: newRequestId() });

/** One assignment for each kind of deed, by what should become of it. */
export async function aBusyDay(world: World) {
  const { ada, bob, courseId } = world;
  const created = await createAs(ada, courseId);
  const edited = await createAs(bob, courseId);
  await editAs(ada, edited, 1, { title: 'By Ada', points: 7 });
  await editAs(ada, edited, 2, { title: 'By Ada again' });
  const archived = await createAs(bob, courseId);
  await archiveAssignment(archived, { actor: ada, version: 1, requestId: newRequestId() });
  const restored = await createAs(bob, courseId);
  await archiveAssignment(restored, { actor: bob, version: 1, requestId: newRequestId() });
  await restoreAssignment(restored, { actor: ada, version: 2, requestId: newRequestId() });
  const overtaken = await createAs(bob, courseId);
  await editAs(ada, overtaken, 1, { title: 'By Ada' });
  await editAs(bob, overtaken, 2, { title: 'By Bob' });
  return { created, edited, archived, restored, overtaken };
}
