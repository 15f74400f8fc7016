import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, withQuery } from '@/lib/client/api';
import {
  type AuditEntry,
  type AuditEventDetail,
  type AuditFilter,
  type AuditPage,
  type AuditRowsEntry,
  auditActorsSchema,
  auditEventDetailSchema,
  auditHistogramSchema,
  auditPageSchema,
  auditSegmentPageSchema,
} from '@/lib/shared/audit-log';
import { publicKeysSchema } from '@/lib/shared/audit-seal';
import { verifyEvent } from '@/lib/shared/verify-event';

const PATH = '/api/audit-log';

export const EVENTS_PAGE = 50;

/** Rows of a batch that are shown at a time. */
const ROWS_PAGE = 50;

/** How often the live tail asks, and how young (ms) an event must not be: only then is its place final. */
const LIVE = { pollMs: 3000, settleMs: 3000, limit: 100 } as const;

type Search = { filter: AuditFilter; order: 'newest' | 'oldest' };

const paramsOf = ({ action, ...filter }: AuditFilter) => ({ ...filter, action: action?.join(',') });

/** The events that match, page by page. */
export const auditLogQuery = ({ filter, order }: Search) =>
  infiniteQueryOptions({
    queryKey: ['audit-log', 'list', filter, order],
    queryFn: ({ pageParam, signal }) =>
      api.get(
        withQuery(PATH, { ...paramsOf(filter), order, cursor: pageParam, limit: EVENTS_PAGE }),
        auditPageSchema,
        signal,
      ),
    initialPageParam: null as string | null,
    getNextPageParam: ({ cursor }) => cursor,
    // What is read stays in its place: new events come by the live tail.
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: keepPreviousData,
  });

/** What has come since an instant, newest first; asked again and again. */
export const liveTailQuery = (filter: AuditFilter, since: string | null) =>
  queryOptions({
    queryKey: ['audit-log', 'live', filter, since],
    queryFn: ({ signal }) => {
      const to = new Date(Date.now() - LIVE.settleMs).toISOString();
      const params = { ...paramsOf(filter), from: since, to, order: 'newest', limit: LIVE.limit };
      return api.get(withQuery(PATH, params), auditPageSchema, signal);
    },
    enabled: since !== null,
    refetchInterval: LIVE.pollMs,
  });

/** How many events there were over the time of the filter. */
export const auditHistogramQuery = (filter: AuditFilter) =>
  queryOptions({
    queryKey: ['audit-log', 'histogram', filter],
    queryFn: ({ signal }) =>
      api.get(withQuery(`${PATH}/histogram`, paramsOf(filter)), auditHistogramSchema, signal),
    placeholderData: keepPreviousData,
  });

/** Who was active lately, most active first; or the one person with an email. */
export const auditActorsQuery = (email: string | null = null) =>
  queryOptions({
    queryKey: ['audit-log', 'actors', email],
    queryFn: ({ signal }) => api.get(withQuery(`${PATH}/actors`, { email }), auditActorsSchema, signal),
    staleTime: 60_000,
  });

type Clear = { reason: string } | null;

/** One event with its field diff and its proof; clear personal data only with a reason, which is an event itself. */
export const auditEventQuery = (ref: string, clear: Clear = null) =>
  queryOptions({
    queryKey: ['audit-log', 'event', ref, clear],
    queryFn: ({ signal }) =>
      api.get(
        withQuery(`${PATH}/${encodeURIComponent(ref)}`, clear ? { clear: 'yes', reason: clear.reason } : {}),
        auditEventDetailSchema,
        signal,
      ),
    // Asking twice for personal data would be two events.
    staleTime: Number.POSITIVE_INFINITY,
  });

/** The proof of an event, made in this browser: the keys are all that it takes from the server beside the event. */
export const eventProofQuery = (detail: AuditEventDetail) =>
  queryOptions({
    queryKey: ['audit-log', 'proof', detail.ref, detail.isClear],
    queryFn: async ({ signal }) => {
      const { keys } = await api.get(`${PATH}/public-key`, publicKeysSchema, signal);
      return (await verifyEvent(detail, keys)) ?? null;
    },
    enabled: detail.inclusion !== null,
    staleTime: Number.POSITIVE_INFINITY,
  });

/** The rows that one entry stands for, page by page. */
export const auditRowsQuery = ({ batchId, action }: Pick<AuditRowsEntry, 'batchId' | 'action'>) =>
  infiniteQueryOptions({
    queryKey: ['audit-log', 'rows', batchId, action],
    queryFn: ({ pageParam, signal }) =>
      api.get(
        withQuery(`${PATH}/segments/${encodeURIComponent(batchId)}`, {
          action,
          cursor: pageParam,
          limit: ROWS_PAGE,
        }),
        auditSegmentPageSchema,
        signal,
      ),
    initialPageParam: null as string | null,
    getNextPageParam: ({ cursor }) => cursor,
  });

/** What makes an entry the same on two pages. */
export function entryKey(entry: AuditEntry): string {
  return entry.kind === 'event' ? entry.ref : `${entry.batchId} ${entry.action}`;
}

/** All pages as one list: rows of a batch that go on with the next page join the entry that is there. */
export function joinEntries(pages: readonly AuditPage[]): AuditEntry[] {
  const joined = new Map<string, AuditEntry>();
  for (const entry of pages.flatMap(({ items }) => items)) {
    const key = entryKey(entry);
    const known = joined.get(key);
    joined.set(key, known?.kind === 'rows' && entry.kind === 'rows' ? joinRows(known, entry) : entry);
  }
  return [...joined.values()];
}

function joinRows(known: AuditRowsEntry, next: AuditRowsEntry): AuditRowsEntry {
  const times = [known.firstTime, next.firstTime, known.lastTime, next.lastTime].sort();
  return {
    ...known,
    rows: known.rows + next.rows,
    segments: known.segments + next.segments,
    firstTime: times[0] ?? known.firstTime,
    lastTime: times.at(-1) ?? known.lastTime,
  };
}

/** What the live tail holds that the list does not show yet. */
export function unseenEntries(live: readonly AuditEntry[], shown: readonly AuditEntry[]): AuditEntry[] {
  const keys = new Set(shown.map(entryKey));
  return live.filter((entry) => !keys.has(entryKey(entry)));
}

/** Entries as the live tail knows them by now: a batch that still runs writes more rows. */
export function newestOf(entries: readonly AuditEntry[], live: readonly AuditEntry[]): AuditEntry[] {
  const known = new Map(live.map((entry) => [entryKey(entry), entry]));
  return entries.map((entry) => known.get(entryKey(entry)) ?? entry);
}

/** The names of everybody on some pages. */
export function peopleOf(pages: readonly Pick<AuditPage, 'people'>[]): Record<string, { name: string }> {
  return Object.assign({}, ...pages.map(({ people }) => people));
}
