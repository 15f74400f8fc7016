'use client';

import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { EditConflict } from '@/components/assignment-form/changed-meanwhile';
import { useAssignmentForm } from '@/components/assignment-form/use-assignment-form';
import { courseQuery } from '@/lib/client/courses';
import { currentFailedItem, useEditFailedItem } from '@/lib/client/failed-items';
import { AppError } from '@/lib/shared/app-error';
import type { NewAssignment } from '@/lib/shared/assignment';
import { changedFields, DATE_FIELDS, toFormValues } from '@/lib/shared/assignment-form';
import type { FailedItem } from '@/lib/shared/failed-item';

type Editing = {
  opened: FailedItem;
  payload: NewAssignment;
  /** The time zone in which the dates are shown first. */
  initialZone: string;
  onRetry: () => void;
  onClose: () => void;
};

type Base = { version: number; payload: NewAssignment };

/**
 * An edit of a failed item as it was opened. Only the changed fields are sent, with the version they were made on; when
 * somebody else was quicker, both versions are shown and nothing typed is lost.
 */
export function useEditItem({ opened, payload, initialZone, onRetry, onClose }: Editing) {
  const [base, setBase] = useState<Base>({ version: opened.version, payload });
  const [theirs, setTheirs] = useState<Base>();
  const form = useAssignmentForm(toFormValues(base.payload, initialZone));
  const update = useEditFailedItem(opened.id);
  const isSending = useRef(false);
  const courseId = form.watch('courseId');
  const course = useQuery({ ...courseQuery(courseId), enabled: courseId !== '' });
  const timeZone = course.data?.timeZone ?? initialZone;
  const baseValues = toFormValues(base.payload, timeZone);
  useShownZone({ form, timeZone, initialZone, payload: base.payload });

  /** Saves what changed. Answers whether nothing is left to save. */
  async function save(input: NewAssignment): Promise<boolean> {
    const changed = changedFields(baseValues, form.getValues());
    const changes = Object.fromEntries(changed.map((field) => [field, input[field]]));
    try {
      if (changed.length > 0) await update.mutateAsync({ version: base.version, payload: changes });
      return true;
    } catch (thrown) {
      if (!(thrown instanceof AppError)) throw thrown;
      form.showRefusal(thrown);
      setTheirs(editedMeanwhile(thrown, base.version));
      return false;
    }
  }

  async function saveThen(input: NewAssignment, then: 'save' | 'retry') {
    if (isSending.current) return;
    isSending.current = true;
    const isSaved = await save(input);
    isSending.current = false;
    if (!isSaved) return;
    form.reset(form.getValues());
    onClose();
    if (then === 'retry') onRetry();
  }

  /** Goes on from their version; what this person changed stays on top of it, or is given up. */
  function goOnFrom(current: Base, mine: 'keep' | 'discard') {
    const typed = form.getValues();
    const kept = mine === 'keep' ? changedFields(baseValues, typed) : [];
    setBase(current);
    setTheirs(undefined);
    update.reset();
    form.reset(toFormValues(current.payload, timeZone));
    for (const field of kept) form.setValue(field, typed[field], { shouldDirty: true });
  }

  const conflict: EditConflict | undefined = theirs && {
    ...{ version: theirs.version, savedAt: null, baseValues, myValues: form.getValues() },
    theirValues: toFormValues(theirs.payload, timeZone),
    keepMine: () => goOnFrom(theirs, 'keep'),
    takeTheirs: () => goOnFrom(theirs, 'discard'),
  };
  return {
    ...{ form, course, update, conflict, baseValues },
    changed: changedFields(baseValues, form.watch()),
    submit: (then: 'save' | 'retry') => form.submitWith((input) => saveThen(input, then)),
  };
}

/** What somebody else made of the item, where that is why an edit was refused. One that is over cannot be edited any more. */
function editedMeanwhile(error: AppError, seenVersion: number): Base | undefined {
  const current = currentFailedItem(error);
  const isEditable = current?.state === 'open' || current?.state === 'snoozed';
  if (!isEditable || current.payload === null || current.version === seenVersion) return undefined;
  return { version: current.version, payload: current.payload };
}

type Shown = {
  form: ReturnType<typeof useAssignmentForm>;
  timeZone: string;
  initialZone: string;
  payload: NewAssignment;
};

/** Another course may have another time zone: dates that nobody touched stay the same moments and are shown in it. */
function useShownZone({ form, timeZone, initialZone, payload }: Shown) {
  const shown = useRef(initialZone);
  const { resetField, getFieldState } = form;
  useEffect(() => {
    if (shown.current === timeZone) return;
    shown.current = timeZone;
    const values = toFormValues(payload, timeZone);
    for (const field of DATE_FIELDS) {
      if (!getFieldState(field).isDirty) resetField(field, { defaultValue: values[field] });
    }
  }, [timeZone, payload, resetField, getFieldState]);
}
