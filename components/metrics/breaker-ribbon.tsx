'use client';

import { useQuery } from '@tanstack/react-query';
import { SILENT_FILL } from '@/components/charts/chart-patterns';
import { useChartTime } from '@/components/charts/chart-time';
import { DataTable } from '@/components/charts/data-table';
import { TIME_MARGIN, timeScales } from '@/components/charts/time-scales';
import { useWidth } from '@/components/charts/use-width';
import { type BreakerSpan, breakerSpans } from '@/components/metrics/breaker-spans';
import { ErrorState } from '@/components/ui/error-state';
import { formatDuration } from '@/components/ui/number-format';
import { Section } from '@/components/ui/section';
import { Skeleton } from '@/components/ui/skeleton';
import { breakersQuery } from '@/lib/client/breakers';
import { BREAKER_STATE_LABELS, type BreakerState, type Breakers } from '@/lib/shared/breaker';

const FILLS: Record<BreakerState, string> = {
  closed: 'fill-success/35',
  half_open: 'fill-warning',
  open: 'fill-danger',
};

const LEGEND = [
  { name: 'closed: writes pass', swatch: 'bg-success/35' },
  { name: 'half open: a few try', swatch: 'bg-warning' },
  { name: 'open: writes are refused at once', swatch: 'bg-danger' },
];

/** When the breaker of each table was open, as a ribbon under the same times as the charts. */
export function BreakerRibbon({ isLive }: { isLive: boolean }) {
  const { window } = useChartTime();
  const from = new Date(window.fromMs).toISOString();
  const { data, error, refetch } = useQuery(
    breakersQuery(isLive ? { from } : { from, to: new Date(window.toMs).toISOString() }),
  );
  return (
    <Section title="Breakers" description="Whether writes to each table were let through.">
      <div className="flex min-w-0 flex-col gap-2 rounded-lg border border-line bg-surface p-3">
        {!data && error && (
          <ErrorState title="Breakers could not be loaded" error={error} onRetry={() => refetch()} />
        )}
        {!data && !error && <Skeleton className="h-32 w-full" />}
        {data && <Ribbons breakers={data} />}
      </div>
    </Section>
  );
}

function Ribbons({ breakers: { breakers, history } }: { breakers: Breakers }) {
  const { window } = useChartTime();
  const [ref, width] = useWidth<HTMLUListElement>();
  return (
    <>
      <ul ref={ref} className="flex flex-col gap-1">
        {breakers.map((breaker) => (
          <Ribbon
            key={breaker.table}
            table={breaker.table}
            spans={breakerSpans(breaker, history, window)}
            width={width}
          />
        ))}
      </ul>
      <ul aria-label="States of a breaker" className="flex flex-wrap gap-x-3 text-muted text-xs">
        {LEGEND.map(({ name, swatch }) => (
          <li key={name} className="flex items-center gap-1.5">
            <span aria-hidden className={`size-2.5 rounded-sm ${swatch}`} />
            {name}
          </li>
        ))}
      </ul>
      <DataTable
        caption="Changes of breakers"
        columns={[{ label: 'Table' }, { label: 'From' }, { label: 'To' }, { label: 'Reason' }]}
        rows={() =>
          history.map(({ table, at, from, to, reason }) => ({
            key: `${table} ${at}`,
            atMs: Date.parse(at),
            cells: [table, BREAKER_STATE_LABELS[from], BREAKER_STATE_LABELS[to], reason],
          }))
        }
      />
    </>
  );
}

/** Pixels. */
const HEIGHT = 10;

function Ribbon({ table, spans, width }: { table: string; spans: readonly BreakerSpan[]; width: number }) {
  const { window } = useChartTime();
  const scales = timeScales(window, { highest: 1 }, { width, height: HEIGHT });
  return (
    <li>
      <p style={{ paddingLeft: TIME_MARGIN.left }} className="flex flex-wrap justify-between gap-x-3 text-xs">
        <span>{table}</span>
        <span className="text-muted">{spansText(spans)}</span>
      </p>
      <svg aria-hidden width={width} height={HEIGHT} className="block">
        {width > 0 &&
          spans.map(({ fromMs, toMs, state }) => (
            <rect
              key={fromMs}
              x={scales.x(fromMs)}
              // A short opening must be seen as well.
              width={Math.max(scales.x(toMs) - scales.x(fromMs), state === 'closed' ? 0 : 2)}
              height={HEIGHT}
              {...(state === null ? { fill: SILENT_FILL } : { className: FILLS[state] })}
            />
          ))}
      </svg>
    </li>
  );
}

/** How long writes were refused, in words. */
function spansText(spans: readonly BreakerSpan[]): string {
  const open = spans.filter(({ state }) => state === 'open' || state === 'half_open');
  if (spans.every(({ state }) => state === null)) return 'not known';
  if (open.length === 0) return 'closed all the time';
  const openMs = open.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0);
  return `not closed for ${formatDuration(openMs / 1000)}`;
}
