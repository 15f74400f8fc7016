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
import type { Preview } from '@/lib/shared/batch';

/** The rows of a file by course and by type. */
export function PreviewCounts({ preview }: { preview: Preview }) {
  const { byCourse, byType, courseCount } = preview;
  const isShortened = courseCount > byCourse.length;
  return (
    <div className="grid items-start gap-4 lg:grid-cols-2">
      <Section
        title="By course"
        {...(isShortened
          ? {
              description: `The first ${formatCount(byCourse.length)} of ${formatCount(courseCount)} courses.`,
            }
          : {})}
      >
        <Table caption="Rows by course">
          <TableHead>
            <HeaderCell>Course</HeaderCell>
            <HeaderCell align="end">Valid</HeaderCell>
            <HeaderCell align="end">Rejected</HeaderCell>
          </TableHead>
          <TableBody>
            {byCourse.map(({ courseId, valid, rejected }) => (
              <TableRow key={courseId}>
                <RowHeaderCell className="whitespace-nowrap">
                  {courseId || 'No readable course'}
                </RowHeaderCell>
                <Cell align="end">{formatCount(valid)}</Cell>
                <Cell align="end">{formatCount(rejected)}</Cell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </Section>
      <Section title="By type">
        <Table caption="Valid rows by type">
          <TableHead>
            <HeaderCell>Type</HeaderCell>
            <HeaderCell align="end">Valid</HeaderCell>
          </TableHead>
          <TableBody>
            {byType.map(({ type, valid }) => (
              <TableRow key={type}>
                <RowHeaderCell className="capitalize">{type}</RowHeaderCell>
                <Cell align="end">{formatCount(valid)}</Cell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </Section>
    </div>
  );
}
