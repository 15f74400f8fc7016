import { auditActor } from '@/lib/server/audit-log/audit-actor';
import { eventIdOf } from '@/lib/server/audit-log/event-id';
import { eventTtl } from '@/lib/server/audit-log/retention';
import { type CheckEvent, SYSTEM } from '@/lib/shared/audit-event';
import type { CheckRun } from '@/lib/shared/consistency';

/** The audit event of a check that was started; one that time starts is the product's own. */
export function checkEvent(
  { runId, trigger, startedBy, createdAt: time }: CheckRun,
  requestId: string,
): CheckEvent {
  return {
    schemaVersion: 1,
    eventId: eventIdOf(requestId, 'START_CHECK', runId),
    action: 'START_CHECK',
    outcome: 'success',
    actor: trigger === 'schedule' ? SYSTEM : auditActor(startedBy),
    resource: { kind: 'check', runId },
    trigger,
    time,
    requestId,
    ttl: eventTtl('START_CHECK', time),
  };
}
