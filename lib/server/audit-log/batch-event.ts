import { createHash } from 'node:crypto';
import { YEAR_SECONDS } from '@/lib/server/audit-log/assignment-event';
import type { BatchAction, BatchEvent } from '@/lib/shared/audit-event';
import type { Batch } from '@/lib/shared/batch';
import type { Author } from '@/lib/shared/session';

/** The numbers of a batch that its events carry. */
const COUNTS = [
  ...(['rows', 'created', 'rejected', 'failed', 'waiting'] as const),
  ...(['deleted', 'kept', 'succeeded', 'skipped'] as const),
];

type EventOf = {
  action: BatchAction;
  author: Author;
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
    eventId: createHash('sha256').update(`${requestId}#${action}#${batchId}`).digest('hex').slice(0, 32),
    action,
    outcome: 'success',
    actor: { id: author.id, role: author.role, department: author.department },
    resource: { kind: 'batch', batchId, fileName },
    state,
    counts: Object.fromEntries(COUNTS.map((name) => [name, batch[name]])),
    time,
    requestId,
    ttl: Math.floor(Date.parse(time) / 1000) + YEAR_SECONDS,
  };
}
