'use client';

import { useQuery } from '@tanstack/react-query';
import { parseAsString, useQueryStates } from 'nuqs';
import { CourseTable } from '@/components/courses/course-table';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorState } from '@/components/ui/error-state';
import { Field } from '@/components/ui/field';
import { PageHeader } from '@/components/ui/page-header';
import { Pagination } from '@/components/ui/pagination';
import { TableSkeleton } from '@/components/ui/table-skeleton';
import { TextInput } from '@/components/ui/text-input';
import { coursesQuery } from '@/lib/client/courses';
import { useSession } from '@/lib/client/session-context';
import { useDebounced } from '@/lib/client/use-debounced';

/** The courses that the person may enter, with their counts; search and page are in the URL. */
export function CourseList() {
  const { user } = useSession();
  const [{ q, cursor }, setSearch] = useQueryStates({
    q: parseAsString.withDefault(''),
    cursor: parseAsString,
  });

  const description =
    user.role === 'instructor' ? 'The courses you teach.' : 'All courses. Choose one to see its assignments.';

  return (
    <>
      <PageHeader title="Courses" description={description} />
      <Field label="Search by course ID" isLabelHidden className="max-w-xs">
        <TextInput
          type="search"
          placeholder="Search by course ID"
          value={q}
          onChange={(event) => setSearch({ q: event.target.value || null, cursor: null })}
        />
      </Field>
      <CourseResults
        q={useDebounced(q)}
        cursor={cursor}
        onPage={(next) => setSearch({ cursor: next }, { history: 'push' })}
        onClear={() => setSearch({ q: null, cursor: null })}
      />
    </>
  );
}

type ResultsProps = {
  q: string;
  cursor: string | null;
  onPage: (cursor: string | null) => void;
  onClear: () => void;
};

function CourseResults({ q, cursor, onPage, onClear }: ResultsProps) {
  const { data, isPending, isPlaceholderData, error, refetch } = useQuery(coursesQuery({ q, cursor }));

  if (isPending) return <TableSkeleton columns={5} label="Loading courses" />;
  if (error) {
    return <ErrorState title="The courses could not be loaded" error={error} onRetry={() => refetch()} />;
  }
  if (data.items.length === 0) return <NoCourses q={q} onClear={onClear} />;
  const next = data.cursor;
  return (
    <div aria-busy={isPlaceholderData} className="flex flex-col gap-3 aria-busy:opacity-60">
      <CourseTable courses={data.items} />
      <Pagination
        label="Pages of courses"
        previousLabel="First page"
        onPrevious={cursor === null ? undefined : () => onPage(null)}
        onNext={next === null ? undefined : () => onPage(next)}
      >
        {data.items.length === 1 ? '1 course' : `${data.items.length} courses`} on this page
      </Pagination>
    </div>
  );
}

function NoCourses({ q, onClear }: { q: string; onClear: () => void }) {
  if (q === '') {
    return <EmptyState title="No courses yet">Ask an administrator to add you to a course.</EmptyState>;
  }
  return (
    <EmptyState
      title={`No course ID begins with “${q}”`}
      action={<Button onClick={onClear}>Clear search</Button>}
    />
  );
}
