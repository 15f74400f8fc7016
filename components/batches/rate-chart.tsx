'use client';

import { useQuery } from '@tanstack/react-query';
import { type Series, StepChart } from '@/components/charts/step-chart';
import { ErrorState } from '@/components/ui/error-state';
import { formatCount, formatDuration } from '@/components/ui/number-format';
import { Skeleton } from '@/components/ui/skeleton';
import { ratesQuery } from '@/lib/client/batches';
import { type Batch, RATE_POINT_SECONDS, type RatePoint } from '@/lib/shared/batch';

/** Rows per second since the start, in steps of ten seconds; with the refused items where there were some. */
export function RateChart({ batch, startedAt }: { batch: Batch; startedAt: string }) {
  const { data, isPending, error, refetch } = useQuery(ratesQuery(batch));
  if (isPending) return <Skeleton className="h-64 w-full rounded-lg" />;
  if (!data) {
    return <ErrorState title="The rates could not be loaded" error={error} onRetry={() => refetch()} />;
  }
  return (
    <StepChart
      title="Rows per second"
      summary={summaryOf(data.items)}
      series={seriesOf(data.items, Date.parse(startedAt))}
    />
  );
}

function seriesOf(points: readonly RatePoint[], startedAtMs: number): [Series, ...Series[]] {
  const first = points[0] ? Date.parse(points[0].from) : startedAtMs;
  // The first interval may begin before the start: time counts from whichever is earlier.
  const zeroMs = Math.min(first, startedAtMs);
  const steps = (amount: (point: RatePoint) => number) =>
    points.map((point) => {
      const fromSeconds = (Date.parse(point.from) - zeroMs) / 1000;
      return {
        fromSeconds,
        toSeconds: fromSeconds + RATE_POINT_SECONDS,
        value: amount(point) / RATE_POINT_SECONDS,
      };
    });
  const ended: Series = { label: 'Rows ended', look: 'main', steps: steps((point) => point.ended) };
  const isThrottled = points.some(({ throttled }) => throttled > 0);
  if (!isThrottled) return [ended];
  return [ended, { label: 'Items throttled', look: 'warning', steps: steps((point) => point.throttled) }];
}

function summaryOf(points: readonly RatePoint[]): string {
  if (points.length === 0) return 'Nothing is measured yet.';
  const rates = points.map(({ ended }) => ended / RATE_POINT_SECONDS);
  const [lowest, highest] = [Math.min(...rates), Math.max(...rates)];
  const duration = formatDuration(points.length * RATE_POINT_SECONDS);
  return `Between ${formatCount(lowest)} and ${formatCount(highest)} rows per second over ${duration}.`;
}
