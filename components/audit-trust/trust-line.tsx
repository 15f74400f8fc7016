'use client';

import { useQuery } from '@tanstack/react-query';
import { auditGapsQuery } from '@/lib/client/audit-trust';

/** What holds for every event, in a line. */
export function TrustLine() {
  const { data } = useQuery(auditGapsQuery());
  if (!data) return null;
  const isComplete = data.pending === 0;
  return (
    <p className="text-muted text-sm">
      {isComplete && 'No event is waiting to be written. '}
      {data.mode === 'strict' && 'Strict mode: a change whose event cannot be written is refused.'}
    </p>
  );
}
