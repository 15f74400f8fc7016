'use client';

import { CircleAlert, X } from 'lucide-react';
import { actionsLabel, personName } from '@/components/audit-log/audit-labels';
import { type People, useKnownPeople } from '@/components/audit-log/use-actor-search';
import { type AuditUrlState, FILTER_NAMES, type FilterName } from '@/components/audit-log/use-audit-url';
import { Button } from '@/components/ui/button';
import { formatInstant } from '@/components/ui/time-format';
import type { AuditFilter } from '@/lib/shared/audit-log';

const LABELS: Record<FilterName, string> = {
  actor: 'Actor',
  action: 'Action',
  resource: 'Resource',
  requestId: 'Request',
  code: 'Code',
  outcome: 'Outcome',
  batchId: 'Batch',
  from: 'From',
  to: 'To',
};

type Props = { audit: AuditUrlState; people: People };

/** What narrows the trail at this moment, and what a link or a person asked for that cannot be understood. */
export function FilterChips({ audit, people }: Props) {
  const { url, filter, timeZone, change, clear } = audit;
  const known = useKnownPeople(people);
  const chosen = FILTER_NAMES.filter((name) => url[name] !== null);
  if (chosen.length === 0) return null;
  return (
    <ul aria-label="Filters" className="flex flex-wrap items-center gap-2 text-sm">
      {chosen.map((name) => (
        <li
          key={name}
          className="inline-flex min-h-7 max-w-full items-center gap-1 rounded-full bg-accent-soft pr-1 pl-3"
        >
          <span className="min-w-0 break-words">
            {LABELS[name]}:{' '}
            {filter[name] === undefined ? (
              <NotUnderstood text={url[name]} />
            ) : (
              <bdi>{valueText(name, filter, { people: known, timeZone })}</bdi>
            )}
          </span>
          <button
            type="button"
            aria-label={`Remove filter ${LABELS[name]}`}
            onClick={() => change({ [name]: null })}
            className="inline-flex size-6 items-center justify-center rounded-full hover:bg-hover"
          >
            <X aria-hidden className="size-3.5" />
          </button>
        </li>
      ))}
      <li>
        <Button size="small" variant="ghost" onClick={() => clear()}>
          Clear filters
        </Button>
      </li>
    </ul>
  );
}

/** Such a filter narrows nothing: the reader must not take what is shown for an answer to it. */
function NotUnderstood({ text }: { text: string | null }) {
  return (
    <>
      <bdi className="line-through">{text}</bdi>
      <CircleAlert aria-hidden className="mx-1 inline size-3.5 align-[-0.125em] text-danger" />
      not understood
    </>
  );
}

type Words = { people: People; timeZone: string };

function valueText(name: FilterName, filter: AuditFilter, { people, timeZone }: Words): string {
  const value = filter[name] ?? '';
  if (Array.isArray(value)) return actionsLabel(value);
  if (name === 'actor') return personName(value, people);
  return name === 'from' || name === 'to' ? formatInstant(value, timeZone, 'seconds') : value;
}
