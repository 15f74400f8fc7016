'use client';

import { useState } from 'react';
import { AssignmentFields } from '@/components/assignment-form/assignment-fields';
import { ChangedMeanwhile } from '@/components/assignment-form/changed-meanwhile';
import { FormActions } from '@/components/assignment-form/form-actions';
import { LeaveDialog } from '@/components/assignment-form/leave-dialog';
import { WriteProblem } from '@/components/assignment-form/write-problem';
import { WrongFields } from '@/components/assignment-form/wrong-fields';
import { useEditAssignment } from '@/components/assignments/use-edit-assignment';
import { Button } from '@/components/ui/button';
import { ButtonLink } from '@/components/ui/button-link';
import { Callout } from '@/components/ui/callout';
import type { Assignment } from '@/lib/shared/assignment';
import type { Course } from '@/lib/shared/course';

type Props = { opened: Assignment; course: Course };

/** Edits an assignment. Whatever fails, what was typed stays. */
export function EditAssignmentForm({ opened, course }: Props) {
  const { form, update, submit, conflict } = useEditAssignment(opened, course);
  // As it was opened: archived by somebody else meanwhile, it must not take away what was typed.
  const [isArchived] = useState(opened.status === 'archived');
  const path = `/assignments/${encodeURIComponent(opened.assignmentId)}`;
  if (isArchived) {
    return (
      <Callout tone="warning" title="This assignment is archived">
        Restore it on <a href={path}>its page</a>, then edit it.
      </Callout>
    );
  }
  return (
    <form noValidate onSubmit={submit} className="flex flex-col gap-5">
      <WrongFields form={form} />
      {conflict ? (
        <ChangedMeanwhile conflict={conflict} />
      ) : (
        update.error && <WriteProblem title="The changes were not saved" error={update.error} />
      )}
      <AssignmentFields form={form} course={course} isCourseFixed />
      <FormActions>
        <Button
          type="submit"
          variant="primary"
          isPending={update.isPending}
          disabled={conflict !== undefined}
        >
          {update.isPending ? 'Saving…' : 'Save changes'}
        </Button>
        <ButtonLink href={path}>Cancel</ButtonLink>
      </FormActions>
      <LeaveDialog isUnsaved={form.formState.isDirty && !update.isSuccess}>
        Your changes have not been saved and will be lost.
      </LeaveDialog>
    </form>
  );
}
