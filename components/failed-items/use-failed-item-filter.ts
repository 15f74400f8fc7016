'use client';

import { type inferParserType, parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';
import { useMemo } from 'react';
import { useTimeZone } from '@/components/ui/use-time-zone';
import { useDebounced } from '@/lib/client/use-debounced';
import { instantsOfDay } from '@/lib/shared/course-time';
import {
  FAILED_ITEM_KINDS,
  FAILED_ITEM_STATES,
  type FailedItemFilter,
  failedItemFilterSchema,
} from '@/lib/shared/failed-item';

export const ITEM_CLASSES = ['transient', 'data', 'system', 'business'] as const;

const parsers = {
  view: parseAsStringLiteral(['groups', 'list'] as const).withDefault('groups'),
  state: parseAsStringLiteral([...FAILED_ITEM_STATES, 'unresolved'] as const).withDefault('unresolved'),
  kind: parseAsStringLiteral(FAILED_ITEM_KINDS),
  code: parseAsString,
  class: parseAsStringLiteral(ITEM_CLASSES),
  fingerprint: parseAsString,
  batchId: parseAsString,
  courseId: parseAsString,
  actorId: parseAsString,
  /** Calendar dates (YYYY-MM-DD) in the zone of the person. */
  from: parseAsString,
  to: parseAsString,
  q: parseAsString.withDefault(''),
  order: parseAsStringLiteral(['asc', 'desc'] as const).withDefault('desc'),
  /** The group whose rows are shown, and which page of them or of the list. */
  group: parseAsString,
  cursor: parseAsString,
};

export type FailedItemUrl = inferParserType<typeof parsers>;

/** What the page shows, as it stands in the URL, and how to change it: a new filter starts at its first page. */
export function useFailedItemFilter() {
  const [url, setUrl] = useQueryStates(parsers);
  return {
    url,
    filter: useFilter(url),
    change: (changes: Partial<FailedItemUrl>) => setUrl({ group: null, cursor: null, ...changes }),
    openGroup: (group: string | null) => setUrl({ group, cursor: null }),
    goToPage: (cursor: string | null) => setUrl({ cursor }, { history: 'push' }),
    clear: () => setUrl(CLEARED),
  };
}

export type FailedItemFilterState = ReturnType<typeof useFailedItemFilter>;

const CLEARED = {
  state: null,
  kind: null,
  code: null,
  class: null,
  fingerprint: null,
  batchId: null,
  courseId: null,
  actorId: null,
  from: null,
  to: null,
  q: null,
  group: null,
  cursor: null,
};

/** What narrows beside the state; a page without it shows everything. */
const NARROWING = [
  'kind',
  'code',
  'class',
  'fingerprint',
  'batchId',
  'courseId',
  'actorId',
  'from',
  'to',
  'q',
] as const;

/** Whether anything narrows the items beside their state. */
export function isNarrowed(url: FailedItemUrl): boolean {
  return NARROWING.some((name) => Boolean(url[name]));
}

/** The filter as the API takes it: a date counts as the whole day where the person is. What cannot be asked for is left out. */
function useFilter(url: FailedItemUrl): FailedItemFilter {
  const timeZone = useTimeZone();
  const q = useDebounced(url.q.trim());
  const { state, kind, code, batchId, courseId, actorId, fingerprint, from, to } = url;
  return useMemo(() => {
    const candidate = {
      ...{ state, kind, code, batchId, courseId, actorId, fingerprint, q, class: url.class },
      from: from && instantsOfDay(from, timeZone)?.first,
      to: to && instantsOfDay(to, timeZone)?.last,
    };
    const asked = Object.entries(candidate).filter(([, value]) => value);
    return failedItemFilterSchema.safeParse(Object.fromEntries(asked)).data ?? { state };
  }, [state, kind, code, batchId, courseId, actorId, fingerprint, q, url.class, from, to, timeZone]);
}
