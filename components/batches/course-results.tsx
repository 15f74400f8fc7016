'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { ErrorState } from '@/components/ui/error-state';
import { formatCount } from '@/components/ui/number-format';
import { Section } from '@/components/ui/section';
import {
  Cell,
  HeaderCell,
  RowHeaderCell,
  Table,
  TableBody,
  TableHead,
  TableRow,
} from '@/components/ui/table';
import { TableSkeleton } from '@/components/ui/table-skeleton';
import { courseResultsQuery } from '@/lib/client/batches';
import type { Batch, BatchKind, BulkKind, CourseResult } from '@/lib/shared/batch';

const COLUMNS = {
  import: ['created', 'rejected', 'failed', 'waiting'],
  undo: ['deleted', 'kept', 'waiting'],
} as const satisfies Record<Exclude<BatchKind, BulkKind>, readonly (keyof CourseResult)[]>;

/** More rows than this are shown when somebody asks for them. */
const SHOWN = 100;

/** What became of the rows of each course. */
export function CourseResults({ batch }: { batch: Batch }) {
  const { data, isPending, error, refetch } = useQuery(courseResultsQuery(batch));
  return (
    <Section title="By course">
      {isPending && <TableSkeleton rows={5} columns={5} label="Loading the results by course" />}
      {!data && error && (
        <ErrorState
          title="The results by course could not be loaded"
          error={error}
          onRetry={() => refetch()}
        />
      )}
      {data && data.items.length === 0 && <p className="text-muted">No row has ended yet.</p>}
      {data && data.items.length > 0 && (
        <ResultTable kind={batch.kind === 'undo' ? 'undo' : 'import'} results={data.items} />
      )}
    </Section>
  );
}

function ResultTable({ kind, results }: { kind: keyof typeof COLUMNS; results: CourseResult[] }) {
  const [areAllShown, setAreAllShown] = useState(false);
  const columns = COLUMNS[kind];
  const shown = areAllShown ? results : results.slice(0, SHOWN);
  return (
    <>
      <Table caption="Results by course">
        <TableHead>
          <HeaderCell>Course</HeaderCell>
          {columns.map((column) => (
            <HeaderCell key={column} align="end" className="capitalize">
              {column}
            </HeaderCell>
          ))}
        </TableHead>
        <TableBody>
          {shown.map((result) => (
            <TableRow key={result.courseId}>
              <RowHeaderCell className="whitespace-nowrap">
                <CourseName courseId={result.courseId} />
              </RowHeaderCell>
              {columns.map((column) => (
                <Cell key={column} align="end">
                  {formatCount(result[column])}
                </Cell>
              ))}
            </TableRow>
          ))}
        </TableBody>
      </Table>
      {shown.length < results.length && (
        <div>
          <Button size="small" onClick={() => setAreAllShown(true)}>
            Show all {formatCount(results.length)} courses
          </Button>
        </div>
      )}
    </>
  );
}

function CourseName({ courseId }: { courseId: string }) {
  if (courseId === '') return <span className="text-muted">No readable course</span>;
  return (
    <Link
      href={`/assignments?${new URLSearchParams({ courseId })}`}
      className="rounded underline-offset-2 hover:underline"
    >
      {courseId}
    </Link>
  );
}
