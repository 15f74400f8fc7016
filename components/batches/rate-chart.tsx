'use client';

import { useQuery } from '@tanstack/react-query';
import { perSecond, rowNoun } from '@/components/batches/batch-labels';
import { type Series, StepChart } from '@/components/charts/step-chart';
import { ErrorState } from '@/components/ui/error-state';
import { formatCount, formatDuration } from '@/components/ui/number-format';
import { Skeleton } from '@/components/ui/skeleton';
import { ratesQuery } from '@/lib/client/batches';
import type { BatchDetail, RatePoint } from '@/lib/shared/batch';

/** An interval of a few milliseconds would show a speed that nobody saw. */
const MIN_SECONDS = 1;

/** Rows per second since the start; with the refused items where there were some. */
export function RateChart({ batch, startedAt }: { batch: BatchDetail; startedAt: string }) {
  const { data, isPending, error, refetch } = useQuery(ratesQuery(batch));
  if (isPending) return <Skeleton className="h-64 w-full rounded-lg" />;
  if (!data) {
    return <ErrorState title="The rates could not be loaded" error={error} onRetry={() => refetch()} />;
  }
  const series = seriesOf(data.items, rowNoun(batch), {
    startMs: Date.parse(startedAt),
    endMs: Date.parse(batch.finishedAt ?? batch.asOf),
  });
  return <StepChart title={perSecond(batch)} summary={summaryOf(series[0], batch)} series={series} />;
}

type Span = { startMs: number; endMs: number };

function seriesOf(points: readonly RatePoint[], noun: string, span: Span): [Series, ...Series[]] {
  const steps = (amount: (point: RatePoint) => number) =>
    points.map((point) => stepOf(point, amount(point), span));
  const ended: Series = {
    label: `${noun.charAt(0).toUpperCase()}${noun.slice(1)}s ended`,
    look: 'main',
    steps: steps((point) => point.ended),
  };
  const isThrottled = points.some(({ throttled }) => throttled > 0);
  if (!isThrottled) return [ended];
  return [ended, { label: 'Items throttled', look: 'warning', steps: steps((point) => point.throttled) }];
}

/** The first and the last interval lie only in part within the run: the rate is that of this part. */
function stepOf({ from, seconds }: RatePoint, amount: number, { startMs, endMs }: Span) {
  const fromMs = Date.parse(from);
  const fromSeconds = (Math.max(fromMs, startMs) - startMs) / 1000;
  const inRun = (Math.min(fromMs + seconds * 1000, endMs) - startMs) / 1000;
  const toSeconds = Math.max(inRun, fromSeconds + MIN_SECONDS);
  return { fromSeconds, toSeconds, value: amount / (toSeconds - fromSeconds) };
}

function summaryOf({ steps }: Series, batch: BatchDetail): string {
  const last = steps.at(-1);
  if (!last) return 'Nothing is measured yet.';
  const rates = steps.map(({ value }) => value);
  const [lowest, highest] = [Math.min(...rates), Math.max(...rates)];
  return `Between ${formatCount(lowest)} and ${formatCount(highest)} ${perSecond(batch).toLowerCase()} over ${formatDuration(last.toSeconds)}.`;
}
