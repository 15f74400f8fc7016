import { actionLabel, personName } from '@/components/audit-log/audit-labels';
import { EntryLink } from '@/components/audit-log/entry-link';
import { EventParticulars } from '@/components/audit-log/event-particulars';
import { Code, Fact } from '@/components/audit-log/fact';
import { SealProof } from '@/components/audit-log/seal-proof';
import { Badge } from '@/components/ui/badge';
import { CopyButton } from '@/components/ui/copy-button';
import { Time } from '@/components/ui/time';
import type { AuditEventDetail } from '@/lib/shared/audit-log';
import { requestPath } from '@/lib/shared/request';

type Props = { detail: AuditEventDetail; timeZone: string };

/** Who, when, from where, under which request, and whether the event is sealed. */
export function EventFacts({ detail, timeZone }: Props) {
  const { event, ingestedAt, people } = detail;
  const { actor } = event;
  const reason = 'reason' in event ? event.reason : null;
  const code = 'code' in event ? event.code : null;
  return (
    <dl className="flex flex-col gap-1.5 text-sm">
      <Fact name="Action">{actionLabel(event.action)}</Fact>
      <Fact name="Outcome">
        <Badge tone={event.outcome === 'success' ? 'success' : 'danger'}>
          {event.outcome === 'success' ? 'Success' : (code ?? 'Failure')}
        </Badge>
      </Fact>
      {reason && <Fact name="Reason">{reason}</Fact>}
      <EventParticulars event={event} />
      <Fact name="Actor">
        {personName(actor.id, people)}, {actor.role}
        {actor.department && `, ${actor.department}`}
      </Fact>
      <Fact name="User ID">
        <Code text={actor.id} />
      </Fact>
      {actor.ip && <Fact name="Address">{actor.ip}</Fact>}
      {actor.sessionId && (
        <Fact name="Session">
          <Code text={actor.sessionId} />
        </Fact>
      )}
      <Fact name="Time">
        <Instant value={event.time} timeZone={timeZone} />
      </Fact>
      {ingestedAt && (
        <Fact name="Written">
          <Instant value={ingestedAt} timeZone={timeZone} />
        </Fact>
      )}
      <Fact name="Request ID">
        <span className="inline-flex items-center gap-1">
          <EntryLink href={requestPath(event.requestId)}>
            <Code text={event.requestId} />
          </EntryLink>
          <CopyButton text={event.requestId} label="Copy request ID" />
        </span>
      </Fact>
      <Fact name="Seal">
        <SealProof detail={detail} timeZone={timeZone} />
      </Fact>
    </dl>
  );
}

/** A moment as people read it, and exactly. */
function Instant({ value, timeZone }: { value: string; timeZone: string }) {
  return (
    <>
      <Time value={value} timeZone={timeZone} hasZone />{' '}
      <span className="inline-block">
        <Code text={value} />
      </span>
    </>
  );
}
