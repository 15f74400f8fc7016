import Link from 'next/link';
import { batchName, batchPath, rowNoun } from '@/components/batches/batch-labels';
import { endedRows } from '@/components/batches/batch-parts';
import { BatchProgress } from '@/components/batches/batch-progress';
import { BatchStateBadge } from '@/components/batches/batch-state-badge';
import { countOf, formatCount } from '@/components/ui/number-format';
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
import type { Batch } from '@/lib/shared/batch';

/** One row per batch; the whole row leads to its page. */
export function BatchTable({ batches }: { batches: Batch[] }) {
  return (
    <Table caption="Batches">
      <TableHead>
        <HeaderCell>Batch</HeaderCell>
        <HeaderCell>State</HeaderCell>
        <HeaderCell>Progress</HeaderCell>
        <HeaderCell align="end">Rows</HeaderCell>
        <HeaderCell>Begun by</HeaderCell>
        <HeaderCell>Created</HeaderCell>
      </TableHead>
      <TableBody>
        {batches.map((batch) => (
          <BatchRow key={batch.batchId} batch={batch} />
        ))}
      </TableBody>
    </Table>
  );
}

function BatchRow({ batch }: { batch: Batch }) {
  return (
    <TableRow className="relative">
      <RowHeaderCell className="min-w-44 max-w-80">
        <Link href={batchPath(batch.batchId)} className="break-words rounded after:absolute after:inset-0">
          <bdi>{batchName(batch)}</bdi>
        </Link>
      </RowHeaderCell>
      <Cell>
        <BatchStateBadge state={batch.state} />
      </Cell>
      <Cell className="min-w-52">
        <Progress batch={batch} />
      </Cell>
      <Cell align="end">{formatCount(batch.rows)}</Cell>
      <Cell className="min-w-28">
        <bdi>{batch.createdBy.name}</bdi>
      </Cell>
      <Cell>
        <Time value={batch.createdAt} />
      </Cell>
    </TableRow>
  );
}

function Progress({ batch }: { batch: Batch }) {
  const { state, rows } = batch;
  if (state === 'failed_to_receive') return <span className="text-muted">Nothing was written</span>;
  if (state === 'ready') return <span className="text-muted">Waits to be started</span>;
  const rate = averageRate(batch);
  return (
    <span className="flex flex-col gap-1">
      <BatchProgress batch={batch} className="h-1.5" />
      <span className="flex justify-between gap-3 text-muted text-xs tabular-nums">
        <span>
          {state === 'receiving'
            ? `${countOf(rows, rowNoun(batch))} read`
            : `${formatCount(endedRows(batch))} of ${formatCount(rows)}`}
        </span>
        {rate !== null && (
          <span>
            {formatCount(rate)} {rowNoun(batch)}s/s
          </span>
        )}
      </span>
    </span>
  );
}

/** Rows per second since the start, of a batch that runs. */
function averageRate(batch: Batch): number | null {
  const { state, startedAt, updatedAt } = batch;
  if (state !== 'running' || startedAt === null) return null;
  const seconds = (Date.parse(updatedAt) - Date.parse(startedAt)) / 1000;
  return seconds < 1 ? null : endedRows(batch) / seconds;
}
