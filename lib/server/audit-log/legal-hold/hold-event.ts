import { settingEvent } from '@/lib/server/audit-log/setting-event';
import type { AuditAuthor, SettingEvent } from '@/lib/shared/audit-event';

type EventOf = { isOn: boolean; reason: string; author: AuditAuthor; requestId: string; time: string };

/** The audit event of a legal hold that was placed or released. */
export function holdEvent({ isOn, ...event }: EventOf): SettingEvent {
  return settingEvent({
    action: isOn ? 'PLACE_LEGAL_HOLD' : 'RELEASE_LEGAL_HOLD',
    name: 'legal-hold',
    changes: { isOn: { before: !isOn, after: isOn } },
    ...event,
  });
}
