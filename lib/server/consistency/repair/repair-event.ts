import { createHash } from 'node:crypto';
import { YEAR_SECONDS } from '@/lib/server/audit-log/assignment-event';
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
    eventId: createHash('sha256').update(`${runId}#REPAIR#${differenceId}`).digest('hex').slice(0, 32),
    action: 'REPAIR',
    outcome: 'success',
    actor: { id: author.id, role: author.role, department: author.department },
    resource: { kind: 'invariant', invariant, target },
    changes: { value: { before, after } },
    time,
    requestId,
    ttl: Math.floor(Date.parse(time) / 1000) + YEAR_SECONDS,
  };
}
