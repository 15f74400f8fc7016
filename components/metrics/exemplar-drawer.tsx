'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { dayClockText } from '@/components/charts/zone-time';
import { formatMs } from '@/components/metrics/point-facts';
import type { MetricsUrlState } from '@/components/metrics/use-metrics-url';
import { Badge } from '@/components/ui/badge';
import { Dialog } from '@/components/ui/dialog';
import { ErrorState } from '@/components/ui/error-state';
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
import { exemplarsQuery } from '@/lib/client/metrics';
import { useSession } from '@/lib/client/session-context';
import { bucketBounds } from '@/lib/shared/histogram';
import { type Exemplar, SERIES_LABELS, type Series } from '@/lib/shared/metrics';

type Props = { metricsUrl: MetricsUrlState; stepMs: number };

/** Requests that stand for one slot of a series; the URL says which. */
export function ExemplarDrawer({ metricsUrl: { url, timeZone, close }, stepMs }: Props) {
  const fromMs = Date.parse(url.point ?? '');
  const isOpen = !Number.isNaN(fromMs);
  const title = isOpen ? `${SERIES_LABELS[url.series]}, ${dayClockText(fromMs, timeZone)}` : '';
  return (
    <Dialog isOpen={isOpen} onClose={close} title={title} placement="side">
      <Exemplars series={url.series} fromMs={fromMs} toMs={fromMs + stepMs} timeZone={timeZone} />
    </Dialog>
  );
}

type SlotProps = { series: Series; fromMs: number; toMs: number; timeZone: string };

function Exemplars({ timeZone, ...slot }: SlotProps) {
  const { data, error, isPending, refetch } = useQuery(exemplarsQuery(slot));
  if (isPending) return <TableSkeleton columns={3} label="Loading example requests" />;
  if (!data) {
    return (
      <ErrorState title="Example requests could not be loaded" error={error} onRetry={() => refetch()} />
    );
  }
  if (data.exemplars.length === 0) {
    return (
      <p className="text-muted">
        No request is kept of this time. Either nothing happened, or it was work that no request asked for, or
        the minutes are no longer kept: that is 8 days.
      </p>
    );
  }
  return (
    <div className="flex flex-col gap-3">
      <p className="text-muted">
        The last request of each duration and of each code stands for the others: the slowest first, failures
        on top.
      </p>
      <ExemplarTable exemplars={sorted(data.exemplars)} timeZone={timeZone} />
    </div>
  );
}

/** Failures first, then the slowest. */
function sorted(exemplars: readonly Exemplar[]): Exemplar[] {
  return exemplars.toSorted(
    (a, b) => Number(b.code !== null) - Number(a.code !== null) || (b.bucket ?? 0) - (a.bucket ?? 0),
  );
}

function ExemplarTable({ exemplars, timeZone }: { exemplars: readonly Exemplar[]; timeZone: string }) {
  const { permissions } = useSession();
  const mayRead = permissions.includes('request:read');
  return (
    <Table caption="Example requests">
      <TableHead>
        <HeaderCell>Request</HeaderCell>
        <HeaderCell>Stands for</HeaderCell>
        <HeaderCell>Minute</HeaderCell>
      </TableHead>
      <TableBody>
        {exemplars.map(({ at, requestId, bucket, code }) => (
          <TableRow key={`${at} ${requestId} ${bucket} ${code}`}>
            <RowHeaderCell className="font-mono text-xs">
              {mayRead ? (
                <Link
                  href={`/requests/${encodeURIComponent(requestId)}`}
                  className="text-accent underline-offset-2 hover:underline"
                >
                  {requestId}
                </Link>
              ) : (
                requestId
              )}
            </RowHeaderCell>
            <Cell className="whitespace-nowrap">
              {code ? <Badge tone="danger">{code}</Badge> : bucketText(bucket)}
            </Cell>
            <Cell className="whitespace-nowrap tabular-nums">{dayClockText(Date.parse(at), timeZone)}</Cell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

function bucketText(bucket: number | null): string {
  if (bucket === null) return '–';
  const { from, to } = bucketBounds(bucket);
  return Number.isFinite(to) ? `${formatMs(from)} to ${formatMs(to)}` : `over ${formatMs(from)}`;
}
