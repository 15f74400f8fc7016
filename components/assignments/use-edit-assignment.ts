'use client';

import { useRouter } from 'next/navigation';
import { useRef, useState } from 'react';
import type { EditConflict } from '@/components/assignment-form/changed-meanwhile';
import { useAssignmentForm } from '@/components/assignment-form/use-assignment-form';
import { currentAssignment, useUpdateAssignment } from '@/lib/client/assignments';
import { AppError } from '@/lib/shared/app-error';
import type { Assignment, AssignmentChanges, NewAssignment } from '@/lib/shared/assignment';
import { changedFields, toFormValues } from '@/lib/shared/assignment-form';
import type { Course } from '@/lib/shared/course';

/**
 * An edit of an assignment as it was opened. Only the changed fields are sent, with the version they were made on; when
 * somebody else was quicker, `theirs` is the assignment as it is now and nothing typed is lost.
 */
export function useEditAssignment(opened: Assignment, course: Course) {
  const router = useRouter();
  const [base, setBase] = useState(opened);
  const [theirs, setTheirs] = useState<Assignment>();
  const baseValues = valuesOf(base, course);
  const form = useAssignmentForm(baseValues);
  const update = useUpdateAssignment(opened.assignmentId);
  const isSending = useRef(false);

  async function save(input: NewAssignment) {
    if (isSending.current) return;
    isSending.current = true;
    const changed = changedFields(baseValues, form.getValues());
    const changes = Object.fromEntries(changed.map((field) => [field, input[field]]));
    try {
      await update.mutateAsync({ version: base.version, changes });
      finish();
    } catch (thrown) {
      if (thrown instanceof AppError) showProblem(thrown, changes);
    } finally {
      isSending.current = false;
    }
  }

  function finish() {
    form.reset(form.getValues());
    router.push(`/assignments/${encodeURIComponent(opened.assignmentId)}?done=saved`);
  }

  function showProblem(error: AppError, changes: AssignmentChanges) {
    const current = currentAssignment(error);
    // An earlier sending arrived after all and only its answer was lost: there is nothing left to save.
    if (current && holds(current, changes)) return finish();
    form.showRefusal(error);
    if (current && current.version !== base.version) setTheirs(current);
  }

  /** Goes on from their version; what this person changed stays on top of it, or is given up. */
  function goOnFrom(current: Assignment, mine: 'keep' | 'discard') {
    const kept = mine === 'keep' ? changedFields(baseValues, form.getValues()) : [];
    const typed = form.getValues();
    const theirValues = valuesOf(current, course);
    setBase(current);
    setTheirs(undefined);
    update.reset();
    form.reset(theirValues);
    for (const field of kept) form.setValue(field, typed[field], { shouldDirty: true });
  }

  const conflict: EditConflict | undefined = theirs && {
    version: theirs.version,
    savedAt: theirs.updatedAt,
    theirValues: valuesOf(theirs, course),
    baseValues,
    myValues: form.getValues(),
    keepMine: () => goOnFrom(theirs, 'keep'),
    takeTheirs: () => goOnFrom(theirs, 'discard'),
  };
  return { form, update, submit: form.submitWith(save), conflict };
}

/** Whether the stored assignment already has all of these changes. */
function holds(assignment: Assignment, changes: AssignmentChanges): boolean {
  const stored = new Map<string, unknown>(Object.entries(assignment));
  return Object.entries(changes).every(([field, value]) => stored.get(field) === value);
}

/** An archived assignment is shown with the status it would get back. */
function valuesOf(assignment: Assignment, { timeZone }: Course) {
  const { status } = assignment;
  return toFormValues({ ...assignment, status: status === 'archived' ? 'draft' : status }, timeZone);
}
