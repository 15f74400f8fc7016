'use client';

import { useRouter } from 'next/navigation';
import { AssignmentFilters } from '@/components/assignments/assignment-filters';
import { AssignmentResults } from '@/components/assignments/assignment-results';
import { useAssignmentFilter } from '@/components/assignments/use-assignment-filter';
import { ButtonLink } from '@/components/ui/button-link';
import { EmptyState } from '@/components/ui/empty-state';
import { PageHeader } from '@/components/ui/page-header';
import { useShortcuts } from '@/components/ui/use-shortcuts';
import { useMay, useSession } from '@/lib/client/session-context';

/** The assignments of a course or of a person; filter, order and page are in the URL. */
export function AssignmentList() {
  const { user } = useSession();
  const state = useAssignmentFilter();
  const { courseId, instructorId } = state.filter;
  const mayCreate = useMay('assignment:create');
  const router = useRouter();
  // Before the shell's own `n`, which knows no course.
  useShortcuts(mayCreate ? { n: () => router.push(newAssignmentPath(courseId)) } : {});
  const hasOwner = courseId !== null || instructorId !== null || user.role === 'instructor';

  return (
    <>
      <PageHeader
        title="Assignments"
        description={courseId === null && hasOwner ? 'Created by you, in all your courses.' : undefined}
        actions={
          mayCreate && (
            <ButtonLink variant="primary" href={newAssignmentPath(courseId)}>
              New assignment
            </ButtonLink>
          )
        }
      />
      <AssignmentFilters {...state} />
      {hasOwner ? (
        <AssignmentResults {...state} />
      ) : (
        <EmptyState
          title="Choose a course to see its assignments"
          action={<ButtonLink href="/courses">Browse all courses</ButtonLink>}
        >
          Type the beginning of its ID above, such as AAA.
        </EmptyState>
      )}
    </>
  );
}

function newAssignmentPath(courseId: string | null): string {
  return courseId === null ? '/assignments/new' : `/assignments/new?${new URLSearchParams({ courseId })}`;
}
