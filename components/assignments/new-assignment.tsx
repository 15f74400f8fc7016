'use client';

import { useQuery } from '@tanstack/react-query';
import { parseAsString, useQueryStates } from 'nuqs';
import { FormSkeleton } from '@/components/assignment-form/form-skeleton';
import { NewAssignmentForm } from '@/components/assignments/new-assignment-form';
import { ErrorState } from '@/components/ui/error-state';
import { PageHeader } from '@/components/ui/page-header';
import { assignmentQuery } from '@/lib/client/assignments';
import { courseQuery } from '@/lib/client/courses';
import { EMPTY_FORM, toFormValues } from '@/lib/shared/assignment-form';

/** A new assignment: empty, in a given course, or as a copy of another one (`from`). */
export function NewAssignment() {
  const [{ courseId, from }] = useQueryStates({
    courseId: parseAsString.withDefault(''),
    from: parseAsString,
  });
  return (
    <div className="mx-auto flex w-full max-w-3xl flex-col gap-5">
      <PageHeader title={from ? 'Duplicate assignment' : 'New assignment'} />
      {from ? (
        <CopyForm from={from} />
      ) : (
        <NewAssignmentForm
          key={courseId}
          draftName={`new:${courseId}`}
          initial={{ ...EMPTY_FORM, courseId }}
        />
      )}
    </div>
  );
}

function CopyForm({ from }: { from: string }) {
  const original = useQuery(assignmentQuery(from));
  const courseId = original.data?.courseId ?? '';
  const course = useQuery({ ...courseQuery(courseId), enabled: courseId !== '' });

  if (!original.data || !course.data) {
    const failed = [original, course].find(({ isError }) => isError);
    if (!failed?.error) return <FormSkeleton />;
    return (
      <ErrorState
        title="The original could not be loaded"
        error={failed.error}
        onRetry={() => failed.refetch()}
      />
    );
  }
  const copy = {
    ...original.data,
    status: 'draft' as const,
    title: `${original.data.title} (copy)`.slice(0, 200),
  };
  return <NewAssignmentForm draftName={`copy:${from}`} initial={toFormValues(copy, course.data.timeZone)} />;
}
