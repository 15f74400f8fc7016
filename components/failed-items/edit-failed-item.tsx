'use client';

import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { AssignmentFields } from '@/components/assignment-form/assignment-fields';
import { ChangedMeanwhile } from '@/components/assignment-form/changed-meanwhile';
import { focusTopmost } from '@/components/assignment-form/field-element';
import { FormActions } from '@/components/assignment-form/form-actions';
import { FormSkeleton } from '@/components/assignment-form/form-skeleton';
import { LeaveDialog } from '@/components/assignment-form/leave-dialog';
import { WriteProblem } from '@/components/assignment-form/write-problem';
import { WrongFields } from '@/components/assignment-form/wrong-fields';
import { ChangeList } from '@/components/failed-items/change-list';
import { itemPath } from '@/components/failed-items/failed-item-labels';
import { useEditItem } from '@/components/failed-items/use-edit-item';
import { Button } from '@/components/ui/button';
import { ButtonLink } from '@/components/ui/button-link';
import { Section } from '@/components/ui/section';
import { courseQuery } from '@/lib/client/courses';
import { useMay } from '@/lib/client/session-context';
import type { NewAssignment } from '@/lib/shared/assignment';
import type { FailedItem } from '@/lib/shared/failed-item';
import { isFieldName } from '@/lib/shared/field-labels';

type Props = {
  opened: FailedItem;
  payload: NewAssignment;
  /** Retries what was saved. */
  onRetry: () => void;
  onClose: () => void;
};

/** Corrects what will be written of a failed item, in the form of an assignment. */
export function EditFailedItem(props: Props) {
  // Of a course that does not exist nobody knows the zone: the dates are those of the file, in UTC.
  const course = useQuery(courseQuery(props.payload.courseId));
  if (course.isPending) return <FormSkeleton />;
  return <Form {...props} initialZone={course.data?.timeZone ?? 'UTC'} />;
}

function Form({ opened, payload, onRetry, onClose, initialZone }: Props & { initialZone: string }) {
  const mayRetry = useMay('failed-item:retry');
  const edit = useEditItem({ opened, payload, initialZone, onRetry, onClose });
  const { form, course, update, conflict, changed, baseValues, submit } = edit;
  const { field } = opened;

  useEffect(() => {
    focusTopmost([field !== null && isFieldName(field) ? field : 'title']);
  }, [field]);

  return (
    <Section title="Edit what will be written">
      <form noValidate onSubmit={submit('save')} className="flex flex-col gap-5">
        <WrongFields form={form} />
        {conflict ? (
          <ChangedMeanwhile conflict={conflict} noun="item" />
        ) : (
          update.error && <WriteProblem title="The changes were not saved" error={update.error} />
        )}
        <AssignmentFields form={form} course={course.data} courseProblem={course.error?.message} />
        <ChangeList fields={changed} before={baseValues} after={form.watch()} />
        <FormActions>
          {mayRetry && (
            <Button
              variant="primary"
              isPending={update.isPending}
              disabled={conflict !== undefined}
              onClick={submit('retry')}
            >
              Save and retry
            </Button>
          )}
          <Button type="submit" isPending={update.isPending} disabled={conflict !== undefined}>
            Save
          </Button>
          <ButtonLink href={itemPath(opened.id)}>Cancel</ButtonLink>
        </FormActions>
        <LeaveDialog isUnsaved={form.formState.isDirty && !update.isSuccess}>
          Your changes have not been saved and will be lost.
        </LeaveDialog>
      </form>
    </Section>
  );
}
