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
import { Time } from '@/components/ui/time';
import type { Preview } from '@/lib/shared/batch';

type Sample = Preview['sample'];

/** The first rows as they will be stored; dates in the reader's own zone. */
export function PreviewSample({ sample }: { sample: Sample }) {
  const hasIds = sample.some(({ assignmentId }) => assignmentId !== null);
  return (
    <Section title="As it will be stored" description="The first rows. Dates are shown in your time zone.">
      <Table caption="First rows as they will be stored">
        <TableHead>
          <HeaderCell align="end">Row</HeaderCell>
          <HeaderCell>Title</HeaderCell>
          <HeaderCell>Course</HeaderCell>
          <HeaderCell>Type</HeaderCell>
          <HeaderCell>Status</HeaderCell>
          <HeaderCell>Due</HeaderCell>
          <HeaderCell align="end">Points</HeaderCell>
          <HeaderCell align="end">Weight</HeaderCell>
          {hasIds && <HeaderCell>Assignment ID</HeaderCell>}
        </TableHead>
        <TableBody>
          {sample.map((row) => (
            <SampleRow key={row.rowNumber} row={row} hasIds={hasIds} />
          ))}
        </TableBody>
      </Table>
    </Section>
  );
}

function SampleRow({ row, hasIds }: { row: Sample[number]; hasIds: boolean }) {
  const { title, courseId, type, status, dueAt, points, weight } = row.assignment;
  return (
    <TableRow>
      <Cell align="end">{formatCount(row.rowNumber)}</Cell>
      <RowHeaderCell className="min-w-40 max-w-80 break-words">
        <bdi>{title}</bdi>
      </RowHeaderCell>
      <Cell className="whitespace-nowrap">{courseId}</Cell>
      <Cell className="capitalize">{type}</Cell>
      <Cell className="capitalize">{status}</Cell>
      <Cell>{dueAt ? <Time value={dueAt} /> : <span className="text-muted">None</span>}</Cell>
      <Cell align="end">{points.toLocaleString('en')}</Cell>
      <Cell align="end">{weight.toLocaleString('en')} %</Cell>
      {hasIds && <Cell className="break-all font-mono text-xs">{row.assignmentId ?? 'new'}</Cell>}
    </TableRow>
  );
}
