'use client';

import { useState } from 'react';
import { ActorFilter } from '@/components/audit-log/actor-filter';
import { ACTION_GROUPS, actionLabel, actionsLabel } from '@/components/audit-log/audit-labels';
import { FilterChips } from '@/components/audit-log/filter-chips';
import { InstantFilter } from '@/components/audit-log/instant-filter';
import type { People } from '@/components/audit-log/use-actor-search';
import type { AuditUrlState } from '@/components/audit-log/use-audit-url';
import { WordFilter } from '@/components/audit-log/word-filter';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Select } from '@/components/ui/select';
import { ERRORS } from '@/lib/shared/app-error';

const HOUR_MS = 3_600_000;

const PRESETS = [
  { label: 'Last hour', hours: 1 },
  { label: 'Last 24 hours', hours: 24 },
  { label: 'Last 7 days', hours: 7 * 24 },
  { label: 'Last 30 days', hours: 30 * 24 },
];

/** Everything that narrows the trail; what is chosen stands below as chips, each of which can be taken away. */
export function AuditFilters({ audit, people }: { audit: AuditUrlState; people: People }) {
  const { url } = audit;
  const hasMore = [url.resource, url.requestId, url.code, url.batchId].some(Boolean);
  const [isExpanded, setIsExpanded] = useState(hasMore);
  return (
    <search aria-label="Audit trail" className="flex flex-col gap-3">
      <div className="grid grid-cols-2 items-end gap-3 sm:flex sm:flex-wrap">
        <ActorFilter audit={audit} people={people} />
        <ActionFilter audit={audit} />
        <OutcomeFilter audit={audit} />
        <TimeFilter audit={audit} />
        <Button size="medium" aria-expanded={isExpanded} onClick={() => setIsExpanded(!isExpanded)}>
          {isExpanded ? 'Fewer filters' : 'More filters'}
        </Button>
      </div>
      {isExpanded && <MoreFilters audit={audit} />}
      <FilterChips audit={audit} people={people} />
    </search>
  );
}

type Props = { audit: AuditUrlState };

function ActionFilter({ audit: { url, filter, change } }: Props) {
  const isOffered = ACTION_GROUPS.some(
    ({ actions }) => actions.join() === url.action || actions.some((action) => action === url.action),
  );
  return (
    <Field label="Action" className="sm:w-52">
      <Select value={url.action ?? ''} onChange={({ target }) => change({ action: target.value || null })}>
        <option value="">Any</option>
        {filter.action && !isOffered && (
          <option value={url.action ?? ''}>Several: {actionsLabel(filter.action)}</option>
        )}
        {ACTION_GROUPS.map(({ label, actions }) => (
          <optgroup key={label} label={label}>
            {actions.length > 1 && <option value={actions.join()}>All: {label.toLowerCase()}</option>}
            {actions.map((action) => (
              <option key={action} value={action}>
                {actionLabel(action)}
              </option>
            ))}
          </optgroup>
        ))}
      </Select>
    </Field>
  );
}

function OutcomeFilter({ audit: { url, change } }: Props) {
  return (
    <Field label="Outcome" className="sm:w-32">
      <Select
        value={url.outcome ?? ''}
        onChange={({ target }) =>
          change({ outcome: (['success', 'failure'] as const).find((one) => one === target.value) ?? null })
        }
      >
        <option value="">Any</option>
        <option value="success">Success</option>
        <option value="failure">Failure</option>
      </Select>
    </Field>
  );
}

/** A preset becomes an exact instant, so that a link shows the same to everybody. */
function TimeFilter({ audit: { url, change } }: Props) {
  const isChosen = Boolean(url.from ?? url.to);
  function choose(hours: number) {
    const from = hours > 0 ? new Date(Date.now() - hours * HOUR_MS).toISOString() : null;
    change({ from, to: null });
  }
  return (
    <Field label="Time" className="sm:w-40">
      <Select
        value={isChosen ? 'chosen' : ''}
        onChange={({ target }) => target.value !== 'chosen' && choose(Number(target.value))}
      >
        <option value="">Any</option>
        {isChosen && <option value="chosen">Chosen time</option>}
        {PRESETS.map(({ label, hours }) => (
          <option key={hours} value={hours}>
            {label}
          </option>
        ))}
      </Select>
    </Field>
  );
}

const CODES = Object.keys(ERRORS);

function MoreFilters({ audit }: Props) {
  const { url, filter, change, timeZone } = audit;
  const isUnclear = url.resource !== null && filter.resource === undefined;
  return (
    <div className="grid grid-cols-2 items-start gap-3 sm:flex sm:flex-wrap">
      <WordFilter
        label="Resource"
        placeholder="assignment:ID"
        value={url.resource}
        error={isUnclear ? 'Name kind and ID, such as assignment:ID' : undefined}
        onChange={(resource) => change({ resource })}
      />
      <WordFilter label="Request ID" value={url.requestId} onChange={(requestId) => change({ requestId })} />
      <WordFilter
        label="Code"
        placeholder="THROTTLING"
        value={url.code}
        suggestions={CODES}
        onChange={(code) => change({ code })}
      />
      <WordFilter label="Batch ID" value={url.batchId} onChange={(batchId) => change({ batchId })} />
      <InstantFilter
        label="From"
        value={url.from}
        timeZone={timeZone}
        onChange={(from) => change({ from })}
      />
      <InstantFilter label="To" value={url.to} timeZone={timeZone} onChange={(to) => change({ to })} />
    </div>
  );
}
