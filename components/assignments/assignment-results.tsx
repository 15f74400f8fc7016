'use client';

import { useQuery } from '@tanstack/react-query';
import { AssignmentTable } from '@/components/assignments/assignment-table';
import type { AssignmentFilterState } from '@/components/assignments/use-assignment-filter';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorState } from '@/components/ui/error-state';
import { Pagination } from '@/components/ui/pagination';
import { TableSkeleton } from '@/components/ui/table-skeleton';
import { useTimeZone } from '@/components/ui/use-time-zone';
import { assignmentsQuery } from '@/lib/client/assignments';
import { courseQuery } from '@/lib/client/courses';
import { useDebounced } from '@/lib/client/use-debounced';
import type { Page } from '@/lib/shared/api';
import type { AssignmentSummary } from '@/lib/shared/assignment';
import { instantsOfDay } from '@/lib/shared/course-time';

/** The list in each of its states: loading, failed, empty, searched in part, and full. */
export function AssignmentResults(state: AssignmentFilterState) {
  const { filter, clear } = state;
  const { search, isReady } = useSearch(filter);
  const { data, isPending, isPlaceholderData, error, refetch } = useQuery({
    ...assignmentsQuery(search),
    enabled: isReady,
  });

  if (isPending) return <TableSkeleton columns={8} label="Loading assignments" />;
  if (error) {
    return <ErrorState title="The assignments could not be loaded" error={error} onRetry={() => refetch()} />;
  }
  if (data.items.length === 0 && data.cursor === null) return <NoAssignments filter={filter} clear={clear} />;
  return (
    <div aria-busy={isPlaceholderData} className="flex flex-col gap-3 aria-busy:opacity-60">
      <AssignmentPage {...state} page={data} />
    </div>
  );
}

type PageProps = AssignmentFilterState & { page: Page<AssignmentSummary> };

function AssignmentPage({ filter, change, goToPage, page: { items, cursor } }: PageProps) {
  const goToNext = cursor === null ? undefined : () => goToPage(cursor);
  return (
    <>
      {items.length === 0 && goToNext ? (
        <SearchedInPart onContinue={goToNext} />
      ) : (
        <AssignmentTable
          assignments={items}
          order={filter.order}
          onSort={() => change({ order: filter.order === 'asc' ? 'desc' : 'asc' })}
        />
      )}
      <Pagination
        label="Pages of assignments"
        previousLabel="First page"
        onPrevious={filter.cursor === null ? undefined : () => goToPage(null)}
        onNext={goToNext}
      >
        {items.length === 1 ? '1 assignment' : `${items.length} assignments`} on this page
      </Pagination>
    </>
  );
}

/**
 * The filter as the API takes it. A due date counts as the whole day in the zone in which the list shows the dates: the
 * one of the course, or across courses the person's own.
 */
function useSearch(filter: AssignmentFilterState['filter']) {
  const { courseId, dueFrom, dueTo } = filter;
  const ownZone = useTimeZone();
  const course = useQuery({ ...courseQuery(courseId ?? ''), enabled: courseId !== null });
  const timeZone = course.data?.timeZone ?? ownZone;
  const search = {
    ...filter,
    title: useDebounced(filter.title),
    dueFrom: dueFrom && (instantsOfDay(dueFrom, timeZone)?.first ?? dueFrom),
    dueTo: dueTo && (instantsOfDay(dueTo, timeZone)?.last ?? dueTo),
  };
  const isWaitingForZone = course.isLoading && Boolean(dueFrom || dueTo);
  return { search, isReady: !isWaitingForZone };
}

function SearchedInPart({ onContinue }: { onContinue: () => void }) {
  return (
    <EmptyState title="No match so far" action={<Button onClick={onContinue}>Continue the search</Button>}>
      Only a part of this list has been searched yet.
    </EmptyState>
  );
}

function NoAssignments({ filter, clear }: Pick<AssignmentFilterState, 'filter' | 'clear'>) {
  const { status, dueFrom, dueTo, title, instructorId, cursor } = filter;
  const isFiltered = [status, dueFrom, dueTo, title, instructorId, cursor].some(Boolean);
  if (isFiltered) {
    return (
      <EmptyState
        title="No assignment matches these filters"
        action={<Button onClick={() => clear()}>Clear filters</Button>}
      />
    );
  }
  return (
    <EmptyState
      title={
        filter.courseId
          ? `${filter.courseId} has no assignments yet`
          : 'You have not created any assignment yet'
      }
    />
  );
}
