'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useState } from 'react';
import { ErrorState } from '@/components/ui/error-state';
import { countOf, formatCount } from '@/components/ui/number-format';
import { Pagination } from '@/components/ui/pagination';
import { Section } from '@/components/ui/section';
import { Cell, HeaderCell, Table, TableBody, TableHead, TableRow } from '@/components/ui/table';
import { TableSkeleton } from '@/components/ui/table-skeleton';
import { keptRowsQuery } from '@/lib/client/batches';
import type { Batch, KeptRow } from '@/lib/shared/batch';

const REASONS: Record<KeptRow['reason'], string> = {
  changed: 'Somebody changed it since',
  gone: 'It was not there any more',
};

/** The rows that an undo left as they are. */
export function KeptRows({ batch }: { batch: Batch }) {
  const [cursor, setCursor] = useState('');
  const { data, isPending, isPlaceholderData, error, refetch } = useQuery(keptRowsQuery(batch, cursor));
  return (
    <Section title="Assignments that were kept">
      {isPending && <TableSkeleton rows={3} columns={3} label="Loading the kept assignments" />}
      {!data && error && (
        <ErrorState
          title="The kept assignments could not be loaded"
          error={error}
          onRetry={() => refetch()}
        />
      )}
      {data && (
        <div aria-busy={isPlaceholderData} className="flex flex-col gap-3 aria-busy:opacity-60">
          <KeptTable rows={data.items} />
          <Pagination
            label="Pages of kept assignments"
            previousLabel="First page"
            onPrevious={cursor === '' ? undefined : () => setCursor('')}
            onNext={data.cursor === null ? undefined : () => setCursor(data.cursor ?? '')}
          >
            {countOf(data.items.length, 'row')} on this page, {formatCount(batch.kept)} in all
          </Pagination>
        </div>
      )}
    </Section>
  );
}

function KeptTable({ rows }: { rows: KeptRow[] }) {
  return (
    <Table caption="Kept assignments">
      <TableHead>
        <HeaderCell align="end">Row</HeaderCell>
        <HeaderCell>Assignment</HeaderCell>
        <HeaderCell>Why</HeaderCell>
      </TableHead>
      <TableBody>
        {rows.map(({ rowNumber, assignmentId, reason }) => (
          <TableRow key={rowNumber}>
            <Cell align="end">{formatCount(rowNumber)}</Cell>
            <Cell className="break-all font-mono text-xs">
              {reason === 'changed' ? (
                <Link
                  href={`/assignments/${encodeURIComponent(assignmentId)}`}
                  className="rounded underline underline-offset-2"
                >
                  {assignmentId}
                </Link>
              ) : (
                assignmentId
              )}
            </Cell>
            <Cell>{REASONS[reason]}</Cell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
