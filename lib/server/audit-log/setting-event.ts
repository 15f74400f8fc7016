import { auditActor } from '@/lib/server/audit-log/audit-actor';
import { eventIdOf } from '@/lib/server/audit-log/event-id';
import { maskSecrets } from '@/lib/server/audit-log/mask-secrets';
import { eventTtl } from '@/lib/server/audit-log/retention';
import type { AuditAuthor, AuditChange, SettingEvent } from '@/lib/shared/audit-event';

type EventOf = {
  action: SettingEvent['action'];
  /** Which setting: "legal-hold". */
  name: string;
  changes: Record<string, AuditChange>;
  reason?: string;
  author: AuditAuthor;
  requestId: string;
  /** The instant of the change, ISO. */
  time: string;
};

/** The audit event of a setting that was changed, without its secrets. Its id follows from request, action and setting. */
export function settingEvent({
  action,
  name,
  changes,
  reason,
  author,
  requestId,
  time,
}: EventOf): SettingEvent {
  return {
    schemaVersion: 1,
    eventId: eventIdOf(requestId, action, name),
    action,
    outcome: 'success',
    actor: auditActor(author),
    resource: { kind: 'setting', name },
    changes: maskSecrets(changes),
    ...(reason === undefined ? {} : { reason }),
    time,
    requestId,
    ttl: eventTtl(action, time),
  };
}
