'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { personName } from '@/components/audit-log/audit-labels';
import { EventFacts } from '@/components/audit-log/event-facts';
import { EventLinks } from '@/components/audit-log/event-links';
import { FieldDiff } from '@/components/audit-log/field-diff';
import { PersonalData } from '@/components/audit-log/personal-data';
import type { AuditUrlState } from '@/components/audit-log/use-audit-url';
import { CopyButton } from '@/components/ui/copy-button';
import { Dialog } from '@/components/ui/dialog';
import { Disclosure } from '@/components/ui/disclosure';
import { ErrorState } from '@/components/ui/error-state';
import { Skeleton } from '@/components/ui/skeleton';
import { auditEventQuery } from '@/lib/client/audit-log';
import type { AuditEvent } from '@/lib/shared/audit-event';
import { auditSentence } from '@/lib/shared/audit-sentence';

/** One event in full, beside the list. */
export function EventDrawer({ audit }: { audit: AuditUrlState }) {
  const { event: ref } = audit.url;
  return (
    <Dialog isOpen={ref !== null} onClose={() => audit.open(null)} title="Event" placement="side">
      {ref !== null && <Contents key={ref} eventRef={ref} audit={audit} />}
    </Dialog>
  );
}

function Contents({ eventRef, audit }: { eventRef: string; audit: AuditUrlState }) {
  const [reason, setReason] = useState<string | null>(null);
  const masked = useQuery(auditEventQuery(eventRef));
  const clear = useQuery({
    ...auditEventQuery(eventRef, { reason: reason ?? '' }),
    enabled: reason !== null,
  });
  const data = clear.data ?? masked.data;
  if (!data) return masked.error ? <Problem query={masked} /> : <DrawerSkeleton />;
  const { event, people } = data;
  const told = { ...event, code: 'code' in event ? event.code : null };
  return (
    <div className="flex flex-col gap-5">
      <p className="break-words text-lg">
        <bdi>{auditSentence(told, personName(event.actor.id, people))}</bdi>
      </p>
      <EventLinks event={event} audit={audit} />
      {'changes' in event && <FieldDiff changes={event.changes} timeZone={audit.timeZone} />}
      <EventFacts detail={data} timeZone={audit.timeZone} />
      <PersonalData detail={data} isPending={clear.isFetching} onShow={setReason} />
      {clear.error && <Problem query={clear} />}
      <RawEvent event={event} />
    </div>
  );
}

function Problem({
  query,
}: {
  query: { error: Parameters<typeof ErrorState>[0]['error'] | null; refetch: () => unknown };
}) {
  if (!query.error) return null;
  return (
    <ErrorState title="The event could not be loaded" error={query.error} onRetry={() => query.refetch()} />
  );
}

function RawEvent({ event }: { event: AuditEvent }) {
  const text = JSON.stringify(event, null, 2);
  return (
    <Disclosure summary="Raw JSON">
      <div className="flex items-start gap-2">
        <pre className="min-w-0 flex-1 whitespace-pre-wrap break-all rounded-lg bg-sunken p-3 font-mono text-xs">
          {text}
        </pre>
        <CopyButton text={text} label="Copy JSON" />
      </div>
    </Disclosure>
  );
}

function DrawerSkeleton() {
  return (
    <div className="flex flex-col gap-4">
      <p role="status" className="sr-only">
        Loading the event
      </p>
      <Skeleton className="h-6 w-3/4" />
      <Skeleton className="h-24 w-full" />
      <Skeleton className="h-40 w-full" />
    </div>
  );
}
