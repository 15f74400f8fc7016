import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, withQuery } from '@/lib/client/api';
import { type AuditAction, SETTING_ACTIONS } from '@/lib/shared/audit-event';
import { type AuditEventEntry, auditPageSchema } from '@/lib/shared/audit-log';
import { auditSentence } from '@/lib/shared/audit-sentence';

/** What people, or the product for them, did that can show in charts. */
const TOLD: AuditAction[] = [
  ...SETTING_ACTIONS.filter((action) => action !== 'SAVE_MAPPING'),
  ...(['START_BATCH', 'PAUSE_BATCH', 'RESUME_BATCH', 'CANCEL_BATCH', 'UNDO_BATCH', 'FINISH_BATCH'] as const),
  ...(['RETRY_FAILED_ITEMS', 'ROLL_BACK'] as const),
];

const POLL_MS = 15_000;
const MOST = 100;

/** An event of the audit trail as charts mark it. */
type Annotation = { ref: string; atMs: number; sentence: string };

type Annotations = { items: Annotation[]; hasMore: boolean };

/** What was done in a time, newest first; a time that goes on to now is read again. */
export const annotationsQuery = ({
  fromMs,
  toMs,
  isLive,
}: {
  fromMs: number;
  toMs: number;
  isLive: boolean;
}) =>
  queryOptions({
    queryKey: ['metrics', 'annotations', fromMs, isLive ? 'now' : toMs],
    queryFn: async ({ signal }): Promise<Annotations> => {
      const params = {
        action: TOLD.join(','),
        from: new Date(fromMs).toISOString(),
        to: isLive ? null : new Date(toMs).toISOString(),
        order: 'newest',
        limit: MOST,
      };
      const page = await api.get(withQuery('/api/audit-log', params), auditPageSchema, signal);
      const events = page.items.filter((entry): entry is AuditEventEntry => entry.kind === 'event');
      return {
        items: events.map((event) => ({
          ref: event.ref,
          atMs: Date.parse(event.time),
          sentence: auditSentence(event, page.people[event.actor.id]?.name ?? nameOf(event)),
        })),
        hasMore: page.cursor !== null,
      };
    },
    placeholderData: keepPreviousData,
    refetchInterval: isLive ? POLL_MS : false,
  });

const nameOf = ({ actor }: AuditEventEntry) => (actor.id === 'system' ? 'The product' : actor.id);
