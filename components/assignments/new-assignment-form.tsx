'use client';

import { useQuery } from '@tanstack/react-query';
import { AssignmentFields } from '@/components/assignment-form/assignment-fields';
import { FormActions } from '@/components/assignment-form/form-actions';
import { LeaveDialog } from '@/components/assignment-form/leave-dialog';
import { WriteProblem } from '@/components/assignment-form/write-problem';
import { WrongFields } from '@/components/assignment-form/wrong-fields';
import { AlreadyCreated } from '@/components/assignments/already-created';
import { CreatedNotice } from '@/components/assignments/created-notice';
import { useNewAssignment } from '@/components/assignments/use-new-assignment';
import { Button } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { courseQuery } from '@/lib/client/courses';
import type { AssignmentFormValues } from '@/lib/shared/assignment-form';

type Props = { draftName: string; initial: AssignmentFormValues };

/** Fills in and sends a new assignment. Whatever fails, what was typed stays. */
export function NewAssignmentForm({ draftName, initial }: Props) {
  const { form, create, created, isRestored, startOver, send, sendAsNew } = useNewAssignment({
    draftName,
    initial,
  });
  const courseId = form.watch('courseId');
  const course = useQuery({ ...courseQuery(courseId), enabled: courseId !== '' });

  return (
    <form noValidate onSubmit={send('open')} className="flex flex-col gap-5">
      {created && !form.formState.isDirty && <CreatedNotice {...created} />}
      {isRestored && (
        <Callout tone="info" title="Your unsent form is back">
          <Button size="small" className="mt-2" onClick={startOver}>
            Start over
          </Button>
        </Callout>
      )}
      <WrongFields form={form} />
      {create.error && <CreateProblem error={create.error} onSendAsNew={sendAsNew} />}
      <AssignmentFields form={form} course={course.data} courseProblem={course.error?.message} />
      <FormActions>
        <Button type="submit" variant="primary" isPending={create.isPending}>
          {create.isPending ? 'Creating…' : 'Create assignment'}
        </Button>
        <Button isPending={create.isPending} onClick={send('another')}>
          Create and add another
        </Button>
      </FormActions>
      <LeaveDialog isUnsaved={form.formState.isDirty && !create.isSuccess}>
        The assignment has not been created. What you typed is kept in this tab until you close it.
      </LeaveDialog>
    </form>
  );
}

type ProblemProps = {
  error: NonNullable<ReturnType<typeof useNewAssignment>['create']['error']>;
  onSendAsNew: () => void;
};

function CreateProblem({ error, onSendAsNew }: ProblemProps) {
  if (error.code === 'CONDITIONAL_FAILED' && error.current) {
    return <AlreadyCreated current={error.current} onSendAsNew={onSendAsNew} />;
  }
  return <WriteProblem title="The assignment was not created" error={error} />;
}
