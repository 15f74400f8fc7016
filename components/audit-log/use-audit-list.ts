'use client';

import {
  type InfiniteData,
  type UseInfiniteQueryResult,
  useInfiniteQuery,
  useQuery,
} from '@tanstack/react-query';
import { type RefObject, useEffect, useEffectEvent, useMemo, useRef, useState } from 'react';
import type { AuditUrlState } from '@/components/audit-log/use-audit-url';
import { auditLogQuery, joinEntries, liveTailQuery, peopleOf, unseenEntries } from '@/lib/client/audit-log';
import type { AuditEntry, AuditFilter, AuditPage } from '@/lib/shared/audit-log';

/** Events that were written around the moment of reading are asked for once more. */
const OVERLAP_MS = 10_000;

/**
 * The events on the page. While the live tail is on, new ones come on top by themselves as long as the reader is there;
 * otherwise they wait to be shown, so that nothing moves under the eyes.
 */
export function useAuditList({ filter, url }: AuditUrlState) {
  const list = useInfiniteQuery(auditLogQuery({ filter, order: url.order }));
  useSearchOn(list);
  const container = useRef<HTMLDivElement>(null);
  const base = useMemo(() => joinEntries(list.data?.pages ?? []), [list.data]);
  const isLive = url.live && url.order === 'newest' && filter.to === undefined;
  const readAtMs = isLive && !list.isPlaceholderData ? list.dataUpdatedAt : 0;
  const live = useLiveTail(filter, { readAtMs, base, container });
  return {
    list,
    container,
    entries: [...live.onTop, ...base],
    people: peopleOf([...(list.data?.pages ?? []), ...live.pages]),
    waiting: live.fresh.length,
    /** More came than the live tail reads. */
    isBehind: live.pages.some(({ cursor }) => cursor !== null),
    liveError: live.error,
    show: live.show,
  };
}

/** Pages without a match that are read by themselves; then it is up to the reader. */
const MOST_EMPTY_PAGES = 40;

type List = Pick<
  UseInfiniteQueryResult<InfiniteData<AuditPage>>,
  'data' | 'hasNextPage' | 'isFetchingNextPage' | 'isError' | 'fetchNextPage'
>;

/** A page ends early where matches are rare: until the first one is found, the search goes on by itself. */
function useSearchOn({ data, hasNextPage, isFetchingNextPage, isError, fetchNextPage }: List): void {
  const pages = data?.pages ?? [];
  const isFound = pages.some(({ items }) => items.length > 0);
  const goesOn = hasNextPage && !isFetchingNextPage && !isError && !isFound;
  const count = pages.length;
  useEffect(() => {
    if (goesOn && count < MOST_EMPTY_PAGES) void fetchNextPage();
  }, [goesOn, count, fetchNextPage]);
}

type Base = { readAtMs: number; base: AuditEntry[]; container: RefObject<HTMLDivElement | null> };

/** What came since the list was read (ms since 1970, 0 for no live tail): shown on top, or fresh and waiting. */
function useLiveTail(filter: AuditFilter, { readAtMs, base, container }: Base) {
  const since = useSince(readAtMs);
  const live = useQuery(liveTailQuery(filter, since));
  const pages = since !== null && live.data ? [live.data] : [];
  const [taken, setTaken] = useState<{ since: string | null; entries: AuditEntry[] }>(NOTHING_TAKEN);
  const onTop = since !== null && taken.since === since ? unseenEntries(taken.entries, base) : [];
  const fresh = unseenEntries(
    pages.flatMap(({ items }) => items),
    [...base, ...onTop],
  );

  const show = () => setTaken({ since, entries: [...fresh, ...onTop] });
  const showAtTop = useEffectEvent(() => {
    if (fresh.length > 0 && isAtTop(container)) show();
  });
  useEffect(() => {
    if (live.dataUpdatedAt > 0) showAtTop();
  }, [live.dataUpdatedAt]);

  return { onTop, fresh, pages, show, error: since === null ? null : live.error };
}

export type AuditListState = ReturnType<typeof useAuditList>;

const NOTHING_TAKEN = { since: null, entries: [] };

/** The instant from which the live tail reads: shortly before the first page was read. It stays while more pages come. */
function useSince(readAtMs: number): string | null {
  const [since, setSince] = useState<string | null>(null);
  if (readAtMs === 0 && since !== null) setSince(null);
  if (readAtMs > 0 && since === null) setSince(new Date(readAtMs - OVERLAP_MS).toISOString());
  return since;
}

/** Nothing is scrolled, and no entry has the focus. */
function isAtTop(container: RefObject<HTMLDivElement | null>): boolean {
  const area = container.current?.querySelector('section');
  return (area?.scrollTop ?? 0) === 0 && !container.current?.contains(document.activeElement);
}
