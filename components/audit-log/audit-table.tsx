'use client';

import { useQuery } from '@tanstack/react-query';
import { COLUMNS, EventRow, RowsRow } from '@/components/audit-log/entry-row';
import type { AuditListState } from '@/components/audit-log/use-audit-list';
import type { AuditUrlState } from '@/components/audit-log/use-audit-url';
import { useEntryKeys } from '@/components/audit-log/use-entry-keys';
import { Button } from '@/components/ui/button';
import { countOf, formatCount } from '@/components/ui/number-format';
import { HeaderCell, Table, TableBody, TableHead } from '@/components/ui/table';
import { Time } from '@/components/ui/time';
import { auditHistogramQuery, entryKey } from '@/lib/client/audit-log';
import type { AuditFilter, AuditHistogram, AuditPage } from '@/lib/shared/audit-log';

type Props = { audit: AuditUrlState; state: AuditListState };

/** The events, one line each, and how far the search has come. */
export function AuditTable({ audit, state }: Props) {
  const pressKey = useEntryKeys();
  const { url, timeZone, set, open } = audit;
  const isNewest = url.order === 'newest';
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys belong to the buttons inside, from which they bubble.
    <div ref={state.container} onKeyDown={pressKey} className="flex flex-col gap-2">
      {state.waiting > 0 && <Waiting state={state} />}
      <Table caption="Audit trail">
        <TableHead>
          <HeaderCell
            sort={isNewest ? 'descending' : 'ascending'}
            onSort={() => set({ order: isNewest ? 'oldest' : 'newest' })}
          >
            Time ({timeZone})
          </HeaderCell>
          {NAMES.map((name) => (
            <HeaderCell key={name} className="max-sm:hidden">
              {name}
            </HeaderCell>
          ))}
        </TableHead>
        <TableBody>
          {state.entries.map((entry) => {
            const shared = { people: state.people, timeZone, onOpen: open };
            return entry.kind === 'event' ? (
              <EventRow key={entryKey(entry)} entry={entry} {...shared} />
            ) : (
              <RowsRow key={entryKey(entry)} entry={entry} {...shared} />
            );
          })}
        </TableBody>
      </Table>
      <Reach audit={audit} state={state} />
    </div>
  );
}

const NAMES = ['Actor', 'What', 'Target', 'Outcome', 'Request'].slice(0, COLUMNS - 1);

/** What the live tail has found while somebody reads further down. */
function Waiting({ state }: Pick<Props, 'state'>) {
  function show() {
    state.show();
    state.container.current?.querySelector('section')?.scrollTo({ top: 0 });
  }
  return (
    <p role="status" className="flex justify-center">
      <Button size="small" variant="primary" onClick={show}>
        {countOf(state.waiting, 'new event')}
      </Button>
    </p>
  );
}

/** "30 matches in 2,000 read of about 41,000": what was found, what was read for it, and the way on. */
export function Reach({ audit: { filter, timeZone }, state: { list, entries } }: Props) {
  const counted = useQuery(auditHistogramQuery(filter));
  const pages = list.data?.pages ?? [];
  const last = pages.at(-1);
  if (!last) return null;
  const scanned = pages.reduce((sum, page) => sum + page.scanned, 0);
  const found = entries.reduce((sum, entry) => sum + (entry.kind === 'rows' ? entry.rows : 1), 0);
  const { count, isExact } = bestEstimate(last, filter, counted.isPlaceholderData ? undefined : counted.data);
  return (
    <div className="flex flex-wrap items-center justify-between gap-2 text-sm">
      <p role="status" className="text-muted">
        {last.stoppedEarly ? (
          <>
            {countOf(found, 'match', 'matches')} in {formatCount(scanned)} read of {!isExact && 'about '}
            {formatCount(count)}
            {last.reachedTime && (
              <>
                , looked up to <Time value={last.reachedTime} timeZone={timeZone} />
              </>
            )}
          </>
        ) : (
          <>
            {formatCount(found)} of {!isExact && 'about '}
            {countOf(Math.max(count, found), 'event')}
          </>
        )}
      </p>
      {list.hasNextPage && (
        <Button size="small" isPending={list.isFetchingNextPage} onClick={() => list.fetchNextPage()}>
          {last.stoppedEarly ? 'Continue' : 'Load more'}
        </Button>
      )}
    </div>
  );
}

/** The bars know also the hours that are not sealed yet; but they go back all the way only where the time has a beginning. */
function bestEstimate({ estimate }: AuditPage, { from }: AuditFilter, counted: AuditHistogram | undefined) {
  if (estimate.isExact || !counted?.isExact) return estimate;
  if (from !== undefined) return { count: counted.total, isExact: true };
  return { count: Math.max(estimate.count, counted.total), isExact: false };
}
