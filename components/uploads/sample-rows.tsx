'use client';

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
import { type SampleRow, useSampleRows } from '@/components/uploads/use-sample-rows';
import type { Sample } from '@/lib/client/batch-sample';
import type { Mapping } from '@/lib/shared/batch-mapping';

/** The first rows of a file as they will read, with what is wrong with them. */
export function SampleRows({ sample, mapping }: { sample: Sample; mapping: Mapping }) {
  const rows = useSampleRows(sample, mapping);
  if (rows.length === 0) return <p className="text-muted">The file has a header but no rows.</p>;
  return (
    <div className="flex flex-col gap-2">
      <h3 className="font-medium">The first rows, as they will read</h3>
      <Table caption="First rows of the file">
        <TableHead>
          <HeaderCell>Title</HeaderCell>
          <HeaderCell>Course</HeaderCell>
          <HeaderCell>Type</HeaderCell>
          <HeaderCell>Due, in your time zone</HeaderCell>
          <HeaderCell align="end">Points</HeaderCell>
          <HeaderCell align="end">Weight</HeaderCell>
          <HeaderCell>Check</HeaderCell>
        </TableHead>
        <TableBody>
          {rows.map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows of a file have no identity but their place.
            <Row key={index} row={row} />
          ))}
        </TableBody>
      </Table>
    </div>
  );
}

function Row({ row: { values, result } }: { row: SampleRow }) {
  const assignment = result && 'assignment' in result ? result.assignment : undefined;
  const text = (field: 'title' | 'courseId' | 'type' | 'dueAt' | 'points' | 'weight') =>
    values.get(field) || <span className="text-muted">–</span>;
  return (
    <TableRow>
      <RowHeaderCell className="min-w-36 max-w-80 break-words">
        <bdi>{assignment?.title ?? text('title')}</bdi>
      </RowHeaderCell>
      <Cell className="whitespace-nowrap">
        <bdi>{assignment?.courseId ?? text('courseId')}</bdi>
      </Cell>
      <Cell>{assignment?.type ?? text('type')}</Cell>
      <Cell>{assignment?.dueAt ? <Time value={assignment.dueAt} /> : text('dueAt')}</Cell>
      <Cell align="end">{assignment ? assignment.points.toLocaleString('en') : text('points')}</Cell>
      <Cell align="end">{assignment ? `${assignment.weight.toLocaleString('en')} %` : text('weight')}</Cell>
      <Cell className="min-w-44">
        <Check result={result} />
      </Cell>
    </TableRow>
  );
}

function Check({ result }: Pick<SampleRow, 'result'>) {
  if (result === null) return <span className="text-muted">…</span>;
  if ('assignment' in result) return <span className="text-success">Valid</span>;
  return (
    <ul className="text-danger">
      {result.problems.map(({ field, message }) => (
        <li key={field + message}>{message}</li>
      ))}
    </ul>
  );
}
