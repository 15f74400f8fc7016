'use client';

import { useQuery } from '@tanstack/react-query';
import { Callout } from '@/components/ui/callout';
import { ErrorState } from '@/components/ui/error-state';
import { formatCount, formatDuration } from '@/components/ui/number-format';
import { useNow } from '@/components/ui/use-now';
import { auditGapsQuery } from '@/lib/client/audit-trust';
import type { AuditGaps } from '@/lib/shared/audit-log';

/** Says whether the trail is complete at this moment. */
export function GapsBanner() {
  const { data, error, refetch } = useQuery(auditGapsQuery());
  if (!data && error) {
    const title = 'Nobody knows whether events wait to be written';
    return <ErrorState title={title} error={error} onRetry={() => refetch()} />;
  }
  if (!data || data.pending === 0) return null;
  return <Waiting {...data} />;
}

function Waiting({ pending, isAtLeast, oldest }: AuditGaps) {
  const now = useNow();
  const seconds = oldest && now > 0 ? Math.max((now - Date.parse(oldest)) / 1000, 0) : null;
  const isOne = pending === 1 && !isAtLeast;
  return (
    <Callout
      tone="warning"
      title={`${isAtLeast ? 'At least ' : ''}${formatCount(pending)} ${isOne ? 'event is' : 'events are'} waiting to be written`}
    >
      {seconds !== null && `The oldest has waited for ${formatDuration(seconds)}. `}
      {isOne ? 'It follows by itself' : 'They follow by themselves'} as soon as the audit table takes{' '}
      {isOne ? 'it' : 'them'}: nothing is lost.
    </Callout>
  );
}
