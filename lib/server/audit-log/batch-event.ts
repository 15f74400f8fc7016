import { auditActor } from '@/lib/server/audit-log/audit-actor';
import { eventIdOf } from '@/lib/server/audit-log/event-id';
import { eventTtl } from '@/lib/server/audit-log/retention';

import type { AuditAuthor, BatchAction, BatchEvent } from '@/lib/shared/audit-event';
import type { Batch } from '@/lib/shared/batch';

/** The numbers of a batch that its events carry. */
const COUNTS = [
  ...(['rows', 'created', 'rejected', 'failed', 'waiting'] as const),
  ...(['deleted', 'kept', 'succeeded', 'skipped'] as const),
];

type EventOf = {
  action: BatchAction;
  author: AuditAuthor;
  requestId: string;
  /** The instant of the step, ISO. */
  time: string;
  /** The batch as the step leaves it. */
  batch: Pick<Batch, 'batchId' | 'fileName' | 'state' | (typeof COUNTS)[number]>;
};

/** The audit event of one step in the life of a batch. Its id follows from request, action and batch (kept for a year). */
export function batchEvent({ action, author, requestId, time, batch }: EventOf): BatchEvent {
  const { batchId, fileName, state } = batch;
  return {
    schemaVersion: 1,
    eventId: eventIdOf(requestId, action, batchId),
    action,
    outcome: 'success',
    actor: auditActor(author),
    resource: { kind: 'batch', batchId, fileName },
    state,
    counts: Object.fromEntries(COUNTS.map((name) => [name, batch[name]])),
    time,
    requestId,
    ttl: eventTtl(action, time),
  };
}
