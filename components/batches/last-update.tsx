'use client';

import { useQuery } from '@tanstack/react-query';
import { WifiOff } from 'lucide-react';
import { formatDuration } from '@/components/ui/number-format';
import { useNow } from '@/components/ui/use-now';
import { isActive } from '@/lib/client/batch-polling';
import { batchQuery } from '@/lib/client/batches';
import { isFinal } from '@/lib/shared/batch';

/** Without an answer for so long, something is wrong even where no request has failed yet. */
const LATE_SECONDS = { active: 5, waiting: 15 } as const;

/** How old the numbers on the page are; says so openly while the server cannot be reached. Final ones do not age. */
export function LastUpdate({ batchId }: { batchId: string }) {
  const nowMs = useNow();
  const { data, dataUpdatedAt, isError, failureCount, fetchStatus } = useQuery(batchQuery(batchId));
  if (!data || isFinal(data.state)) return null;

  const seconds = Math.max(Math.round((nowMs - dataUpdatedAt) / 1000), 0);
  const isLate = seconds > LATE_SECONDS[isActive(data.state) ? 'active' : 'waiting'];
  const isTrying = isError || failureCount > 0 || fetchStatus === 'paused' || isLate;
  if (isTrying && seconds > 1) {
    return (
      <p className="flex min-h-5 items-center gap-1.5 text-sm text-warning">
        <WifiOff aria-hidden className="size-3.5 shrink-0" />
        Last update {formatDuration(seconds)} ago — trying again
      </p>
    );
  }
  return (
    <p className="min-h-5 text-muted text-sm tabular-nums">
      {seconds < 2 ? 'Updated just now' : `Updated ${formatDuration(seconds)} ago`}
    </p>
  );
}
