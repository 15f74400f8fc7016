'use client';

import { useState } from 'react';
import { CLASS_LABELS, ITEM_STATE_LABELS, KIND_LABELS } from '@/components/failed-items/failed-item-labels';
import { TextFilter } from '@/components/failed-items/text-filter';
import {
  type FailedItemFilterState,
  ITEM_CLASSES,
  isNarrowed,
} from '@/components/failed-items/use-failed-item-filter';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Select } from '@/components/ui/select';
import { TextInput } from '@/components/ui/text-input';
import { FAILED_ITEM_KINDS, FAILED_ITEM_STATES } from '@/lib/shared/failed-item';

type Props = { filterState: FailedItemFilterState; codes: readonly string[] };

/** Everything that narrows the failed items: the search and the state always, the rest on demand. */
export function FailedItemFilters({ filterState, codes }: Props) {
  const { url, change, clear } = filterState;
  const hasMore = [url.kind, url.class, url.batchId, url.courseId, url.actorId, url.from, url.to].some(
    Boolean,
  );
  const [isExpanded, setIsExpanded] = useState(hasMore);
  return (
    <search aria-label="Failed items" className="flex flex-col gap-3">
      <div className="grid grid-cols-2 items-end gap-3 sm:flex sm:flex-wrap">
        <Field label="Search by ID" className="col-span-2 sm:w-72">
          <TextInput
            type="search"
            value={url.q}
            maxLength={200}
            placeholder="Item, row, assignment or request ID"
            onChange={({ target }) => change({ q: target.value })}
          />
        </Field>
        <StateFilter filterState={filterState} />
        <CodeFilter filterState={filterState} codes={codes} />
        <Button size="medium" aria-expanded={isExpanded} onClick={() => setIsExpanded(!isExpanded)}>
          {isExpanded ? 'Fewer filters' : 'More filters'}
        </Button>
        {(isNarrowed(url) || url.state !== 'unresolved') && (
          <Button variant="ghost" onClick={() => clear()}>
            Clear filters
          </Button>
        )}
      </div>
      {isExpanded && <MoreFilters filterState={filterState} />}
    </search>
  );
}

function StateFilter({ filterState: { url, change } }: Pick<Props, 'filterState'>) {
  return (
    <Field label="State" className="sm:w-36">
      <Select
        value={url.state}
        onChange={({ target }) =>
          change({ state: FAILED_ITEM_STATES.find((state) => state === target.value) ?? 'unresolved' })
        }
      >
        <option value="unresolved">unresolved</option>
        {FAILED_ITEM_STATES.map((state) => (
          <option key={state} value={state}>
            {ITEM_STATE_LABELS[state]}
          </option>
        ))}
      </Select>
    </Field>
  );
}

/** The codes that occur, and the chosen one even where it does not any more. */
function CodeFilter({ filterState: { url, change }, codes }: Props) {
  const offered = [...new Set([...codes, ...(url.code ? [url.code] : [])])].sort();
  return (
    <Field label="Code" className="sm:w-48">
      <Select value={url.code ?? ''} onChange={({ target }) => change({ code: target.value || null })}>
        <option value="">Any</option>
        {offered.map((code) => (
          <option key={code} value={code}>
            {code}
          </option>
        ))}
      </Select>
    </Field>
  );
}

function MoreFilters({ filterState: { url, change } }: Pick<Props, 'filterState'>) {
  return (
    <div className="grid grid-cols-2 items-end gap-3 sm:flex sm:flex-wrap">
      <Field label="Kind" className="sm:w-44">
        <Select
          value={url.kind ?? ''}
          onChange={({ target }) =>
            change({ kind: FAILED_ITEM_KINDS.find((kind) => kind === target.value) ?? null })
          }
        >
          <option value="">Any</option>
          {FAILED_ITEM_KINDS.map((kind) => (
            <option key={kind} value={kind}>
              {KIND_LABELS[kind]}
            </option>
          ))}
        </Select>
      </Field>
      <Field label="Class" className="sm:w-32">
        <Select
          value={url.class ?? ''}
          onChange={({ target }) =>
            change({ class: ITEM_CLASSES.find((errorClass) => errorClass === target.value) ?? null })
          }
        >
          <option value="">Any</option>
          {ITEM_CLASSES.map((errorClass) => (
            <option key={errorClass} value={errorClass}>
              {CLASS_LABELS[errorClass]}
            </option>
          ))}
        </Select>
      </Field>
      <TextFilter label="Batch ID" value={url.batchId} onChange={(batchId) => change({ batchId })} />
      <TextFilter label="Course" value={url.courseId} onChange={(courseId) => change({ courseId })} />
      <TextFilter label="User ID" value={url.actorId} onChange={(actorId) => change({ actorId })} />
      <TextFilter label="Failed from" type="date" value={url.from} onChange={(from) => change({ from })} />
      <TextFilter label="Failed to" type="date" value={url.to} onChange={(to) => change({ to })} />
    </div>
  );
}
