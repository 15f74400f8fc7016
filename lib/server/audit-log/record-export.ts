import { auditActor } from '@/lib/server/audit-log/audit-actor';
import { eventIdOf } from '@/lib/server/audit-log/event-id';
import { recordEvent } from '@/lib/server/audit-log/record-event';
import { eventTtl } from '@/lib/server/audit-log/retention';
import type { AuditAuthor, ExportEvent } from '@/lib/shared/audit-event';

type Export = {
  action: ExportEvent['action'];
  /** What left the product: "failed-items". */
  name: string;
  /** What it was narrowed down by, as in the URL. */
  filter: Record<string, unknown>;
  /** Where it is known before the file is sent. */
  rows?: number;
  actor: AuditAuthor;
  requestId: string;
};

/**
 * Records that somebody downloads a file, before its first byte.
 * @throws {AppError} in strict mode, where it could not be recorded
 */
export async function recordExport({ action, name, filter, rows, actor, requestId }: Export): Promise<void> {
  const time = new Date().toISOString();
  const given = Object.entries(filter).filter(([, value]) => value !== undefined);
  await recordEvent(
    {
      schemaVersion: 1,
      eventId: eventIdOf(requestId, action, name),
      action,
      outcome: 'success',
      actor: auditActor(actor),
      resource: {
        kind: 'export',
        name,
        filter: Object.fromEntries(given.map(([key, value]) => [key, String(value)])),
      },
      rows: rows ?? null,
      time,
      requestId,
      ttl: eventTtl(action, time),
    },
    requestId,
  );
}
