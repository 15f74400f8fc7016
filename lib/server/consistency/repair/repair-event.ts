import { auditActor } from '@/lib/server/audit-log/audit-actor';
import { eventIdOf } from '@/lib/server/audit-log/event-id';
import { eventTtl } from '@/lib/server/audit-log/retention';

import type { AuditValue, RepairEvent } from '@/lib/shared/audit-event';
import type { Difference } from '@/lib/shared/consistency';
import type { Author } from '@/lib/shared/session';

type EventOf = {
  difference: Difference;
  author: Author;
  requestId: string;
  /** The instant of the repair, ISO. */
  time: string;
  before: AuditValue;
  after: AuditValue;
};

/** The audit event of one repair. Its id follows from the run and the difference, which is repaired once (kept for a year). */
export function repairEvent({ difference, author, requestId, time, before, after }: EventOf): RepairEvent {
  const { runId, differenceId, invariant, target } = difference;
  return {
    schemaVersion: 1,
    eventId: eventIdOf(runId, 'REPAIR', differenceId),
    action: 'REPAIR',
    outcome: 'success',
    actor: auditActor(author),
    resource: { kind: 'invariant', invariant, target },
    changes: { value: { before, after } },
    time,
    requestId,
    ttl: eventTtl('REPAIR', time),
  };
}
