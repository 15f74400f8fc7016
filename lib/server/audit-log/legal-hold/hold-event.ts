import { createHash } from 'node:crypto';
import { auditActor } from '@/lib/server/audit-log/audit-actor';
import { eventTtl } from '@/lib/server/audit-log/retention';
import type { AuditAuthor, SettingEvent } from '@/lib/shared/audit-event';

type EventOf = { isOn: boolean; reason: string; author: AuditAuthor; requestId: string; time: string };

/** The audit event of a legal hold that was placed or released. Its id follows from request and action. */
export function holdEvent({ isOn, reason, author, requestId, time }: EventOf): SettingEvent {
  const action = isOn ? 'PLACE_LEGAL_HOLD' : 'RELEASE_LEGAL_HOLD';
  return {
    schemaVersion: 1,
    eventId: createHash('sha256').update(`${requestId}#${action}#legal-hold`).digest('hex').slice(0, 32),
    action,
    outcome: 'success',
    actor: auditActor(author),
    resource: { kind: 'setting', name: 'legal-hold' },
    changes: { isOn: { before: !isOn, after: isOn } },
    reason,
    time,
    requestId,
    ttl: eventTtl(action, time),
  };
}
