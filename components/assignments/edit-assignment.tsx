'use client';

import { useQuery } from '@tanstack/react-query';
import { FormSkeleton } from '@/components/assignment-form/form-skeleton';
import { EditAssignmentForm } from '@/components/assignments/edit-assignment-form';
import { ErrorState } from '@/components/ui/error-state';
import { PageHeader } from '@/components/ui/page-header';
import { assignmentQuery } from '@/lib/client/assignments';
import { courseQuery } from '@/lib/client/courses';

/** Loads what an edit needs: the assignment as it is now, and its course for the time zone. */
export function EditAssignment({ assignmentId }: { assignmentId: string }) {
  const assignment = useQuery({ ...assignmentQuery(assignmentId), refetchOnWindowFocus: false });
  const courseId = assignment.data?.courseId ?? '';
  const course = useQuery({ ...courseQuery(courseId), enabled: courseId !== '' });
  const failed = [assignment, course].find(({ error }) => error !== null);

  return (
    <div className="mx-auto flex w-full max-w-3xl flex-col gap-5">
      <PageHeader title="Edit assignment" description={courseId} />
      {/* Once the form is there it stays: a later read that fails must not take away what was typed. */}
      {assignment.data && course.data ? (
        <EditAssignmentForm opened={assignment.data} course={course.data} />
      ) : failed?.error ? (
        <ErrorState
          title="The assignment could not be loaded"
          error={failed.error}
          onRetry={() => failed.refetch()}
        />
      ) : (
        <FormSkeleton />
      )}
    </div>
  );
}
