'use client';

import { parseAsBoolean, parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';
import { useMemo } from 'react';
import { useTimeZone } from '@/components/ui/use-time-zone';
import { AUDIT_ORDERS, type AuditFilter, auditFilterSchema } from '@/lib/shared/audit-log';

const FILTER = {
  actor: parseAsString,
  action: parseAsString,
  resource: parseAsString,
  requestId: parseAsString,
  code: parseAsString,
  outcome: parseAsStringLiteral(['success', 'failure'] as const),
  batchId: parseAsString,
  /** Instants. */
  from: parseAsString,
  to: parseAsString,
};

const parsers = {
  ...FILTER,
  order: parseAsStringLiteral(AUDIT_ORDERS).withDefault('newest'),
  zone: parseAsStringLiteral(['local', 'utc'] as const).withDefault('local'),
  /** The event whose drawer is open. */
  event: parseAsString,
  live: parseAsBoolean.withDefault(false),
};

export type FilterName = keyof typeof FILTER;

export type FilterChanges = Partial<Record<Exclude<FilterName, 'outcome'>, string | null>> & {
  outcome?: 'success' | 'failure' | null;
};

export const FILTER_NAMES = Object.keys(FILTER).filter((name): name is FilterName => name in FILTER);

const CLEARED = {
  ...{ actor: null, action: null, resource: null, requestId: null, code: null },
  ...{ outcome: null, batchId: null, from: null, to: null },
};

/** What the page shows, as it stands in the URL, and how to change it. */
export function useAuditUrl() {
  const [url, setUrl] = useQueryStates(parsers);
  const ownZone = useTimeZone();
  const filter = useMemo(() => filterOf(url), [url]);
  return {
    url,
    filter,
    timeZone: url.zone === 'utc' ? 'UTC' : ownZone,
    ownZone,
    change: (changes: FilterChanges) => setUrl(changes),
    /** Another question, to which one can go back. */
    ask: (changes: FilterChanges) => setUrl({ ...CLEARED, event: null, ...changes }, { history: 'push' }),
    open: (event: string | null) => setUrl({ event }),
    set: (changes: Partial<Pick<AuditUrl, 'order' | 'zone' | 'live'>>) => setUrl(changes),
    clear: () => setUrl(CLEARED),
  };
}

export type AuditUrlState = ReturnType<typeof useAuditUrl>;

type AuditUrl = { order: 'newest' | 'oldest'; zone: 'local' | 'utc'; live: boolean };

/** The filter as the API takes it; what cannot be asked for is left out. */
function filterOf(url: Record<FilterName, string | null>): AuditFilter {
  const valid = FILTER_NAMES.flatMap((name) => {
    const value = url[name];
    return value !== null && auditFilterSchema.safeParse({ [name]: value }).success ? [[name, value]] : [];
  });
  return auditFilterSchema.parse(Object.fromEntries(valid));
}
