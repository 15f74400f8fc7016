import { EntryLink } from '@/components/audit-log/entry-link';
import type { AuditUrlState, FilterChanges } from '@/components/audit-log/use-audit-url';
import { Button } from '@/components/ui/button';
import type { AuditEvent } from '@/lib/shared/audit-event';
import { resourceFilter, resourcePath, resourceText } from '@/lib/shared/audit-sentence';

const AROUND_MS = 5 * 60 * 1000;

type Props = { event: AuditEvent; audit: Pick<AuditUrlState, 'ask'> };

/** The questions that come next. */
export function EventLinks({ event, audit }: Props) {
  const { actor, time, requestId, resource } = event;
  const around = (ms: number) => new Date(Date.parse(time) + ms).toISOString();
  const path = resourcePath(resource);
  const same = resourceFilter(resource);
  const questions: [string, FilterChanges][] = [
    ['Same request', { requestId }],
    ['Same actor, ten minutes around', { actor: actor.id, from: around(-AROUND_MS), to: around(AROUND_MS) }],
    ...(same ? [['History of this object', { resource: same }] satisfies [string, FilterChanges]] : []),
  ];
  return (
    <div className="flex flex-col gap-2">
      {path && (
        <p className="break-words">
          <EntryLink href={path}>Go to {resourceText(resource)}</EntryLink>
        </p>
      )}
      <div className="flex flex-wrap gap-2">
        {questions.map(([label, changes]) => (
          <Button key={label} size="small" onClick={() => audit.ask(changes)}>
            {label}
          </Button>
        ))}
      </div>
    </div>
  );
}
