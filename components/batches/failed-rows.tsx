'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useState } from 'react';
import { ButtonLink } from '@/components/ui/button-link';
import { ErrorState } from '@/components/ui/error-state';
import { countOf, formatCount } from '@/components/ui/number-format';
import { Pagination } from '@/components/ui/pagination';
import { Section } from '@/components/ui/section';
import { Cell, HeaderCell, Table, TableBody, TableHead, TableRow } from '@/components/ui/table';
import { TableSkeleton } from '@/components/ui/table-skeleton';
import { Time } from '@/components/ui/time';
import { failedRowsQuery } from '@/lib/client/batches';
import type { Batch, FailedRow } from '@/lib/shared/batch';

/** The rows that could not be written, each with the code and the message of its last attempt. */
export function FailedRows({ batch }: { batch: Batch }) {
  const [cursor, setCursor] = useState('');
  const { data, isPending, isPlaceholderData, error, refetch } = useQuery(failedRowsQuery(batch, cursor));
  return (
    <Section
      title="Rows that could not be written"
      actions={
        <ButtonLink size="small" href={`/failed-items?${new URLSearchParams({ batchId: batch.batchId })}`}>
          Work on them
        </ButtonLink>
      }
    >
      {isPending && <TableSkeleton rows={3} columns={5} label="Loading the failed rows" />}
      {!data && error && (
        <ErrorState title="The failed rows could not be loaded" error={error} onRetry={() => refetch()} />
      )}
      {data && (
        <div aria-busy={isPlaceholderData} className="flex flex-col gap-3 aria-busy:opacity-60">
          <FailedTable rows={data.items} />
          <Pagination
            label="Pages of failed rows"
            previousLabel="First page"
            onPrevious={cursor === '' ? undefined : () => setCursor('')}
            onNext={data.cursor === null ? undefined : () => setCursor(data.cursor ?? '')}
          >
            {countOf(data.items.length, 'row')} on this page, {formatCount(batch.failed)} in all
          </Pagination>
        </div>
      )}
    </Section>
  );
}

function FailedTable({ rows }: { rows: FailedRow[] }) {
  return (
    <Table caption="Failed rows">
      <TableHead>
        <HeaderCell align="end">Row</HeaderCell>
        <HeaderCell>Title</HeaderCell>
        <HeaderCell>Course</HeaderCell>
        <HeaderCell>Reason</HeaderCell>
        <HeaderCell>Failed</HeaderCell>
      </TableHead>
      <TableBody>
        {rows.map(({ id, rowNumber, title, courseId, code, message, failedAt }) => (
          <TableRow key={rowNumber}>
            <Cell align="end">{formatCount(rowNumber)}</Cell>
            <Cell className="min-w-40 break-words">
              <Link
                href={`/failed-items/${encodeURIComponent(id)}`}
                className="rounded text-accent underline underline-offset-2"
              >
                <bdi>{title || id}</bdi>
              </Link>
            </Cell>
            <Cell className="whitespace-nowrap">{courseId}</Cell>
            <Cell className="min-w-56">
              <code className="block font-mono text-muted text-xs">{code}</code>
              {message}
            </Cell>
            <Cell>
              <Time value={failedAt} />
            </Cell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
