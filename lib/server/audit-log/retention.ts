import { env } from '@/lib/server/env';
import type { AuditAction } from '@/lib/shared/audit-event';

const DAY_SECONDS = 24 * 60 * 60;

/** The second (Unix time) after which DynamoDB may delete an event of this action: a year after it (S4) unless configured. */
export function eventTtl(action: AuditAction, time: string): number {
  return Math.floor(Date.parse(time) / 1000) + retentionSeconds(action);
}

/** How long events of an action are kept. */
export function retentionSeconds(action: AuditAction): number {
  const { [action]: ofAction, default: ofOthers = 365 } = env.AUDIT_RETENTION_DAYS;
  return (ofAction ?? ofOthers) * DAY_SECONDS;
}

/** The instant since which no event can be past its time, whatever its action. */
export function nothingExpiredSince(): string {
  const shortestMs = Math.min(...Object.values(env.AUDIT_RETENTION_DAYS)) * DAY_SECONDS * 1000;
  return new Date(Date.now() - shortestMs).toISOString();
}
