'use client';

import { useQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { actionsLabel, personName } from '@/components/audit-log/audit-labels';
import { type AuditUrlState, FILTER_NAMES, type FilterName } from '@/components/audit-log/use-audit-url';
import { Button } from '@/components/ui/button';
import { formatInstant } from '@/components/ui/time-format';
import { auditActorsQuery } from '@/lib/client/audit-log';
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

/** What narrows the trail at this moment. */
export function FilterChips({ audit }: { audit: AuditUrlState }) {
  const { data } = useQuery(auditActorsQuery());
  const { filter, timeZone, change, clear } = audit;
  const chosen = FILTER_NAMES.filter((name) => filter[name] !== undefined);
  if (chosen.length === 0) return null;
  const people = Object.fromEntries(
    (data?.actors ?? []).flatMap(({ id, name }) => (name === null ? [] : [[id, { name }]])),
  );
  return (
    <ul aria-label="Filters" className="flex flex-wrap items-center gap-2 text-sm">
      {chosen.map((name) => (
        <li
          key={name}
          className="inline-flex min-h-7 max-w-full items-center gap-1 rounded-full bg-accent-soft pr-1 pl-3"
        >
          <span className="min-w-0 break-words">
            {LABELS[name]}: <bdi>{valueText(name, filter, { people, timeZone })}</bdi>
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

type Words = { people: Record<string, { name: string }>; timeZone: string };

function valueText(name: FilterName, filter: AuditFilter, { people, timeZone }: Words): string {
  const value = filter[name] ?? '';
  if (Array.isArray(value)) return actionsLabel(value);
  if (name === 'actor') return personName(value, people);
  return name === 'from' || name === 'to' ? formatInstant(value, timeZone) : value;
}
