'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useChartTime } from '@/components/charts/chart-time';
import { TIME_MARGIN, timeScales } from '@/components/charts/time-scales';
import { useWidth } from '@/components/charts/use-width';
import { dayClockText } from '@/components/charts/zone-time';
import { Disclosure } from '@/components/ui/disclosure';
import { ErrorState } from '@/components/ui/error-state';
import { countOf } from '@/components/ui/number-format';
import { Skeleton } from '@/components/ui/skeleton';
import { type BatchLane, batchLanesQuery } from '@/lib/client/batch-lanes';
import { isFinal } from '@/lib/shared/batch';

/** As many as stay readable; the others are behind a click. */
const SHOWN = 6;

/** Batches in the time of the charts, each a lane from its begin to its end, under the same times. */
export function BatchLanes({ isLive }: { isLive: boolean }) {
  const { window } = useChartTime();
  const { data, isPending, error, refetch } = useQuery(
    batchLanesQuery({ fromMs: window.fromMs, toMs: window.toMs, isLive }),
  );
  if (isPending) return <Skeleton className="h-16 w-full" />;
  if (!data)
    return <ErrorState title="Batches could not be loaded" error={error} onRetry={() => refetch()} />;
  const [first, rest] = [data.slice(0, SHOWN), data.slice(SHOWN)];
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <h3 className="font-medium text-sm">
        Batches in this time{' '}
        <span className="text-muted text-xs">{countOf(data.length, 'batch', 'batches')}</span>
      </h3>
      <Lanes lanes={first} />
      {rest.length > 0 && (
        <Disclosure summary={`${rest.length} earlier`} isQuiet>
          <Lanes lanes={rest} />
        </Disclosure>
      )}
    </div>
  );
}

function Lanes({ lanes }: { lanes: readonly BatchLane[] }) {
  const [ref, width] = useWidth<HTMLUListElement>();
  return (
    <ul ref={ref} className="flex flex-col gap-1.5">
      {lanes.map((lane) => (
        <Lane key={lane.batchId} lane={lane} width={width} />
      ))}
    </ul>
  );
}

/** Pixels. */
const BAR = 8;

function Lane({ lane, width }: { lane: BatchLane; width: number }) {
  const { window, timeZone } = useChartTime();
  const scales = timeScales(window, { highest: 1 }, { width, height: BAR });
  const from = scales.x(Math.max(lane.fromMs, window.fromMs));
  const to = scales.x(Math.min(lane.toMs ?? window.toMs, window.toMs));
  const ended = lane.toMs === null ? 'goes on' : `ended ${dayClockText(lane.toMs, timeZone)}`;
  return (
    <li className="min-w-0">
      <p
        style={{ paddingLeft: TIME_MARGIN.left }}
        className="flex min-w-0 flex-wrap items-baseline gap-x-2 text-xs"
      >
        <Link
          href={`/batches/${encodeURIComponent(lane.batchId)}`}
          className="min-h-6 min-w-0 break-all text-accent leading-6 underline-offset-2 hover:underline"
        >
          {lane.fileName || lane.batchId}
        </Link>
        <span className="text-muted">
          {countOf(lane.rows, 'row')}, began {dayClockText(lane.fromMs, timeZone)}, {ended}
          {lane.failed > 0 && `, ${countOf(lane.failed, 'row')} failed`}
        </span>
      </p>
      {width > 0 && (
        <svg aria-hidden width={width} height={BAR} className="block">
          <rect
            x={TIME_MARGIN.left}
            width={Math.max(width - TIME_MARGIN.left - TIME_MARGIN.right, 0)}
            height={BAR}
            className="fill-sunken"
          />
          <rect
            x={from}
            width={Math.max(to - from, 3)}
            height={BAR}
            rx={2}
            className={lookOf(lane)}
            {...(lane.toMs === null ? { strokeDasharray: '3 2' } : {})}
          />
        </svg>
      )}
    </li>
  );
}

function lookOf({ state, failed }: BatchLane): string {
  if (failed > 0 || state === 'failed_to_receive') return 'fill-warning';
  return isFinal(state) ? 'fill-accent' : 'fill-accent-soft stroke-accent';
}
