'use client';

import { ChevronRight } from 'lucide-react';
import { Sparkline } from '@/components/charts/sparkline';
import { causeSentence } from '@/components/failed-items/cause-sentence';
import { CLASS_LABELS, ITEM_STATE_LABELS } from '@/components/failed-items/failed-item-labels';
import { GroupActions } from '@/components/failed-items/group-actions';
import { groupCount } from '@/components/failed-items/group-count';
import { ItemResults } from '@/components/failed-items/item-results';
import { STOP_TARGET, stopAttribute } from '@/components/failed-items/triage-stops';
import type { Triage } from '@/components/failed-items/use-triage';
import { countOf, formatCount } from '@/components/ui/number-format';
import { Time } from '@/components/ui/time';
import { FAILED_ITEM_STATES, type FailedItemGroup } from '@/lib/shared/failed-item';

type Props = { group: FailedItemGroup; triage: Triage };

/** One cause: what it is, how many it holds, since when and where, what helps; its rows on demand. */
export function GroupEntry({ group, triage }: Props) {
  const { url, openGroup } = triage.filterState;
  const isOpen = url.group === group.fingerprint;
  const { sentence, whatToDo } = causeSentence(group);
  const count = groupCount(group, url.state);
  const rowsId = `rows-${group.fingerprint}`;
  return (
    <li
      {...stopAttribute({ kind: 'group', id: group.fingerprint })}
      className="rounded-lg border border-line bg-surface"
    >
      <div className="flex flex-col gap-2 p-4">
        <div className="flex flex-wrap items-start gap-x-6 gap-y-2">
          <div className="min-w-0 flex-1 basis-80">
            <h2 className="font-semibold">
              <button
                type="button"
                aria-expanded={isOpen}
                aria-controls={isOpen ? rowsId : undefined}
                onClick={() => openGroup(isOpen ? null : group.fingerprint)}
                className="-ml-1 flex min-h-7 items-start gap-1 rounded px-1 py-0.5 text-left hover:bg-hover"
                {...STOP_TARGET}
              >
                <ChevronRight
                  aria-hidden
                  className={`mt-0.5 size-4 shrink-0 text-muted transition-transform ${isOpen ? 'rotate-90' : ''}`}
                />
                <span className="break-words">
                  <span className="tabular-nums">{formatCount(count)}</span>{' '}
                  <span aria-hidden className="text-muted">
                    ×
                  </span>{' '}
                  {sentence}
                </span>
              </button>
            </h2>
            <p className="pl-5 text-muted">{whatToDo}</p>
          </div>
          <Hours group={group} />
        </div>
        <GroupFacts group={group} />
        <GroupActions group={group} triage={triage} count={count} />
      </div>
      {isOpen && (
        <div id={rowsId} className="border-line border-t p-3">
          <ItemResults triage={triage} caption={`Failed items: ${sentence}`} />
        </div>
      )}
    </li>
  );
}

function Hours({ group: { hours, countedAt } }: { group: FailedItemGroup }) {
  const total = hours.reduce((sum, { count }) => sum + count, 0);
  const highest = hours.reduce((most, { count }) => Math.max(most, count), 0);
  return (
    <Sparkline
      hours={hours}
      until={countedAt}
      summary={`Unresolved by the hour of their failure, the last 48 hours: ${formatCount(total)} in all, at most ${formatCount(highest)} in an hour`}
    />
  );
}

/** So many courses are named; of more the number says more. */
const FEW = 2;

function GroupFacts({ group }: { group: FailedItemGroup }) {
  const {
    code,
    class: errorClass,
    firstAt,
    lastAt,
    courseIds,
    courseCount,
    batchIds,
    batchCount,
    counts,
  } = group;
  const states = FAILED_ITEM_STATES.filter((state) => counts[state] > 0);
  return (
    <dl className="flex flex-wrap gap-x-5 gap-y-1 pl-5 text-sm">
      <Fact label="Code">
        <code className="font-mono text-xs">{code}</code>{' '}
        <span className="text-muted">{classLabel(errorClass)}</span>
      </Fact>
      <Fact label="First">
        <Time value={firstAt} />
      </Fact>
      <Fact label="Last">
        <Time value={lastAt} />
      </Fact>
      <Fact label="Where">
        {courseCount > FEW ? (
          <span title={courseIds.join(', ')}>{countOf(courseCount, 'course')}</span>
        ) : (
          courseIds.join(', ')
        )}
        {batchCount > 0 && (
          <span title={batchIds.join(', ')}>, {countOf(batchCount, 'batch', 'batches')}</span>
        )}
      </Fact>
      <Fact label="States">
        {states.map((state) => `${formatCount(counts[state])} ${ITEM_STATE_LABELS[state]}`).join(', ')}
      </Fact>
    </dl>
  );
}

function Fact({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <div className="flex gap-1.5">
      <dt className="text-muted">{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function classLabel(errorClass: string): string {
  const known = Object.entries(CLASS_LABELS).find(([name]) => name === errorClass);
  return known ? known[1].toLowerCase() : errorClass;
}
