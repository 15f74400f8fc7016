import Link from 'next/link';
import { CalendarDate } from '@/components/ui/calendar-date';
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
import type { Course } from '@/lib/shared/course';

/** One row per course; the whole row leads to its assignments. */
export function CourseTable({ courses }: { courses: Course[] }) {
  return (
    <Table caption="Courses">
      <TableHead>
        <HeaderCell>Course</HeaderCell>
        <HeaderCell align="end">Assignments</HeaderCell>
        <HeaderCell>Last assignment</HeaderCell>
        <HeaderCell>Starts</HeaderCell>
        <HeaderCell>Department</HeaderCell>
      </TableHead>
      <TableBody>
        {courses.map((course) => (
          <CourseRow key={course.courseId} course={course} />
        ))}
      </TableBody>
    </Table>
  );
}

function CourseRow({ course }: { course: Course }) {
  const { courseId, title, department, startsOn, timeZone, assignmentCount, lastAssignmentAt } = course;
  return (
    <TableRow className="relative">
      <RowHeaderCell className="min-w-44">
        <Link
          href={`/assignments?${new URLSearchParams({ courseId })}`}
          className="rounded after:absolute after:inset-0"
        >
          {courseId}
        </Link>
        <bdi className="block font-normal text-muted">{title}</bdi>
      </RowHeaderCell>
      <Cell align="end">{assignmentCount.toLocaleString('en')}</Cell>
      <Cell>
        {lastAssignmentAt ? <Time value={lastAssignmentAt} /> : <span className="text-muted">None yet</span>}
      </Cell>
      <Cell>
        <CalendarDate value={startsOn} />
        <span className="block text-muted">{timeZone}</span>
      </Cell>
      <Cell className="min-w-32">{department}</Cell>
    </TableRow>
  );
}
