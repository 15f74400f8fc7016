'use client';

import Link from 'next/link';
import { TYPE_LABELS } from '@/components/assignment-form/assignment-labels';
import { CourseTime } from '@/components/assignment-form/course-time';
import { StatusBadge } from '@/components/assignments/status-badge';
import {
  Cell,
  HeaderCell,
  RowHeaderCell,
  Table,
  TableBody,
  TableHead,
  TableRow,
} from '@/components/ui/table';
import { Time } from '@/components/ui/time';
import { useShortcuts } from '@/components/ui/use-shortcuts';
import type { AssignmentSummary } from '@/lib/shared/assignment';

type Props = { assignments: AssignmentSummary[]; order: 'asc' | 'desc'; onSort: () => void };

const ROW_LINK = 'data-row-link';

/** One row per assignment; the whole row leads to it. `j` and `k` walk through the rows. */
export function AssignmentTable({ assignments, order, onSort }: Props) {
  useShortcuts({ j: () => focusRow(1), k: () => focusRow(-1) });
  return (
    <Table caption="Assignments">
      <TableHead>
        <HeaderCell>Title</HeaderCell>
        <HeaderCell>Course</HeaderCell>
        <HeaderCell>Type</HeaderCell>
        <HeaderCell>Status</HeaderCell>
        <HeaderCell sort={order === 'asc' ? 'ascending' : 'descending'} onSort={onSort}>
          Due
        </HeaderCell>
        <HeaderCell align="end">Points</HeaderCell>
        <HeaderCell align="end">Weight</HeaderCell>
        <HeaderCell>Changed</HeaderCell>
      </TableHead>
      <TableBody>
        {assignments.map((assignment) => (
          <AssignmentRow key={assignment.assignmentId} assignment={assignment} />
        ))}
      </TableBody>
    </Table>
  );
}

function AssignmentRow({ assignment }: { assignment: AssignmentSummary }) {
  const { assignmentId, courseId, title, type, status, dueAt, points, weight, updatedAt } = assignment;
  return (
    // The times lie above the link that fills the row, so that hovering shows the exact instant.
    <TableRow className="relative [&_time]:relative">
      <RowHeaderCell className="min-w-48 max-w-md">
        <Link
          href={`/assignments/${encodeURIComponent(assignmentId)}`}
          className="rounded after:absolute after:inset-0"
          {...{ [ROW_LINK]: true }}
        >
          <bdi className="line-clamp-2 break-words">{title}</bdi>
        </Link>
      </RowHeaderCell>
      <Cell className="whitespace-nowrap">{courseId}</Cell>
      <Cell>{TYPE_LABELS[type]}</Cell>
      <Cell>
        <StatusBadge status={status} />
      </Cell>
      <Cell>
        <CourseTime value={dueAt} courseId={courseId} none="No due date" />
      </Cell>
      <Cell align="end">{points.toLocaleString('en')}</Cell>
      <Cell align="end">{weight.toLocaleString('en')} %</Cell>
      <Cell className="text-muted">
        <Time value={updatedAt} />
      </Cell>
    </TableRow>
  );
}

function focusRow(step: 1 | -1) {
  const links = [...document.querySelectorAll<HTMLAnchorElement>(`[${ROW_LINK}]`)];
  const { activeElement } = document;
  const at = activeElement instanceof HTMLAnchorElement ? links.indexOf(activeElement) : -1;
  const next = at < 0 && step < 0 ? links.length - 1 : at + step;
  links[Math.max(0, Math.min(links.length - 1, next))]?.focus();
}
