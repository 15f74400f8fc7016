'use client';

import { useQuery } from '@tanstack/react-query';
import { ShieldAlert, ShieldCheck } from 'lucide-react';
import { Time } from '@/components/ui/time';
import { eventProofQuery } from '@/lib/client/audit-log';
import type { AuditEventDetail } from '@/lib/shared/audit-log';
import type { EventProof } from '@/lib/shared/verify-event';

const FAULTS: Record<Exclude<EventProof, 'proven'>, string> = {
  record_differs: 'the stored record does not fit its hash',
  not_in_seal: 'the event is not what was sealed',
  signature_wrong: 'the seal is not signed by a known key',
};

type Props = { detail: AuditEventDetail; timeZone: string };

/** Whether the event is sealed, and what this browser found when it checked that. */
export function SealProof({ detail, timeZone }: Props) {
  const proof = useQuery(eventProofQuery(detail));
  const { inclusion, sealedFrom, record } = detail;
  if (!inclusion) return <NotSealed sealedFrom={sealedFrom} timeZone={timeZone} />;
  const hour = `Sealed with the hour ${inclusion.seal.hour.replace('T', ', ')} (UTC)`;
  if (proof.isPending) return <>{hour}, being checked in this browser</>;
  if (!proof.data) return <>{hour}, could not be checked in this browser</>;
  if (proof.data !== 'proven') {
    return (
      <span role="alert" className="flex items-start gap-1 font-medium text-danger">
        <ShieldAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
        {hour}, but {FAULTS[proof.data]}
      </span>
    );
  }
  return (
    <span className="flex items-start gap-1">
      <ShieldCheck aria-hidden className="mt-0.5 size-4 shrink-0 text-success" />
      {hour}, checked in this browser{record === null && ' by the hash of its record, which is masked'}
    </span>
  );
}

function NotSealed({ sealedFrom, timeZone }: Pick<AuditEventDetail, 'sealedFrom'> & { timeZone: string }) {
  if (!sealedFrom) return 'Not sealed yet';
  return (
    <>
      Not sealed yet; expected from <Time value={sealedFrom} timeZone={timeZone} />
    </>
  );
}
