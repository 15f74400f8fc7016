'use client';

import Link from 'next/link';
import { useChartTime } from '@/components/charts/chart-time';
import { dayClockText } from '@/components/charts/zone-time';
import type { AnnotationsState } from '@/components/metrics/use-annotations';
import { Disclosure } from '@/components/ui/disclosure';
import { ErrorState } from '@/components/ui/error-state';
import { countOf } from '@/components/ui/number-format';

/** What people did in this time: the small marks at the foot of the charts, in words. */
export function AnnotationList({ annotations }: { annotations: AnnotationsState }) {
  const { timeZone } = useChartTime();
  const { data, error, mayRead, refetch } = annotations;
  if (!mayRead) return null;
  if (error && !data) {
    return <ErrorState title="The marks could not be loaded" error={error} onRetry={() => refetch()} />;
  }
  const items = data?.items ?? [];
  const count = data ? `${data.hasMore ? 'the last ' : ''}${countOf(items.length, 'event')}` : 'loading';
  return (
    <Disclosure summary={`What was done in this time: ${count}`} isQuiet>
      {items.length === 0 ? (
        <p className="text-muted text-sm">Nobody started or stopped a batch or changed a setting.</p>
      ) : (
        <ol className="flex max-h-72 flex-col gap-0.5 overflow-y-auto rounded-lg border border-line bg-surface p-3 text-sm">
          {items.map(({ ref, atMs, sentence }) => (
            <li key={ref} className="flex gap-3">
              <span className="shrink-0 text-muted tabular-nums leading-6">
                {dayClockText(atMs, timeZone)}
              </span>
              <Link
                href={`/audit-log?event=${encodeURIComponent(ref)}`}
                className="min-h-6 break-words leading-6 underline-offset-2 hover:underline"
              >
                {sentence}
              </Link>
            </li>
          ))}
        </ol>
      )}
    </Disclosure>
  );
}
