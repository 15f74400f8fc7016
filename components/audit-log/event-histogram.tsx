'use client';

import { useQuery } from '@tanstack/react-query';
import type { AuditUrlState } from '@/components/audit-log/use-audit-url';
import { Histogram } from '@/components/charts/histogram';
import { ErrorState } from '@/components/ui/error-state';
import { countOf } from '@/components/ui/number-format';
import { Skeleton } from '@/components/ui/skeleton';
import { auditHistogramQuery } from '@/lib/client/audit-log';
import type { AuditHistogram } from '@/lib/shared/audit-log';

const LIVE_MS = 15_000;

/** Where counting ended early it is tried again, so often: hours that are sealed meanwhile need no reading. */
const TRIES = 4;

/** A bar that ended this shortly before it was counted ends with the present. */
const SETTLE_MS = 60_000;

/** The matching events over time; a selection becomes the time of the filter. */
export function EventHistogram({ audit }: { audit: AuditUrlState }) {
  const { data, dataUpdatedAt, isPending, error, refetch } = useQuery({
    ...auditHistogramQuery(audit.filter),
    refetchInterval: ({ state }) =>
      audit.url.live || (state.data?.isExact === false && state.dataUpdateCount < TRIES) ? LIVE_MS : false,
  });
  if (isPending) return <Skeleton className="h-44 w-full rounded-lg" />;
  if (!data) {
    return <ErrorState title="The histogram could not be loaded" error={error} onRetry={() => refetch()} />;
  }
  return (
    <Histogram
      title="Events over time"
      summary={summaryOf(data)}
      bars={data.bars.map((bar) => ({ ...bar, isPartial: Date.parse(bar.to) > dataUpdatedAt - SETTLE_MS }))}
      timeZone={audit.timeZone}
      onSelect={(from, to) => audit.change({ from, to: lastInstantBefore(to) })}
    />
  );
}

/** The end of a filter is part of it. */
const lastInstantBefore = (instant: string) => new Date(Date.parse(instant) - 1).toISOString();

function summaryOf({ total, bars, isExact }: AuditHistogram): string {
  const failures = bars.reduce((sum, bar) => sum + bar.failures, 0);
  const text = `${countOf(total, 'event')}, ${countOf(failures, 'failure')}`;
  return isExact ? text : `At least ${text}: counting ended early, the later bars are not complete`;
}
