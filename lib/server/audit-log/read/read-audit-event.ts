import { auditActor } from '@/lib/server/audit-log/audit-actor';
import { auditKeyOf, hourLanes } from '@/lib/server/audit-log/audit-event-item';
import { eventIdOf } from '@/lib/server/audit-log/event-id';
import { readShardPlan } from '@/lib/server/audit-log/lanes/shard-plan';
import { maskEvent } from '@/lib/server/audit-log/read/mask';
import { namesOf } from '@/lib/server/audit-log/read/people';
import { readRow } from '@/lib/server/audit-log/read/row-of-assignment';
import { recordEvent } from '@/lib/server/audit-log/record-event';
import { eventTtl } from '@/lib/server/audit-log/retention';
import { inclusionOf, sealHourOf } from '@/lib/server/audit-log/seals/inclusion';
import { sealedFrom } from '@/lib/server/audit-log/seals/seal-hours';
import { batchGet } from '@/lib/server/batch-get';
import { env } from '@/lib/server/env';
import { requirePermission } from '@/lib/server/session';
import { AppError } from '@/lib/shared/app-error';
import { type AuditEvent, auditEventSchema } from '@/lib/shared/audit-event';
import { hourOf } from '@/lib/shared/audit-hour';
import type { AuditEventDetail } from '@/lib/shared/audit-log';
import { type AuditRef, auditRef } from '@/lib/shared/audit-ref';
import { canonicalJson, canonicalRecord } from '@/lib/shared/audit-seal';
import { leafHash } from '@/lib/shared/merkle';
import type { Actor } from '@/lib/shared/session';

type Asking = { clear: boolean; reason: string | undefined; actor: Actor; requestId: string };

/**
 * One event, with the proof that its stored bytes are sealed. Its personal data is masked, unless it is asked for with a
 * reason: that is an event itself.
 * @throws {AppError} NOT_FOUND, also past its time; FORBIDDEN or VALIDATION_ERROR where clear data is not to be had
 */
export async function readAuditEvent(at: AuditRef, asking: Asking): Promise<AuditEventDetail> {
  const { clear, requestId } = asking;
  const found = await find(at, requestId);
  if (!found || Number(found.stored.ttl) <= Date.now() / 1000) {
    throw new AppError('NOT_FOUND', 'There is no such event, or it is past its time');
  }
  const ref = auditRef(at);
  if (clear) await recordView(ref, asking);
  const record = canonicalRecord(found.stored);
  const masked = maskEvent(found.event);
  const isAllShown = clear || canonicalJson(masked) === canonicalJson(found.event);
  const inclusion = await inclusionOf(found.stored, requestId);
  return {
    ref,
    event: clear ? found.event : masked,
    isClear: clear,
    record: isAllShown ? record : null,
    leaf: await leafHash(record),
    inclusion,
    sealedFrom: inclusion ? null : sealedFrom(sealHourOf(found.stored)),
    people: await namesOf([found.event.actor.id], requestId),
  };
}

type Found = { event: AuditEvent; stored: Record<string, unknown> };

async function find(at: AuditRef, requestId: string): Promise<Found | undefined> {
  if (at.kind === 'row') {
    const row = await readRow(at, requestId);
    return row && { event: row.event, stored: row.segment };
  }
  const plan = await readShardPlan(requestId);
  const { eventKey } = auditKeyOf(at, plan);
  // A process that did not know the plan has written into a lane that it knew.
  const keys = hourLanes(hourOf(at.time), plan).map((lane) => ({ lane, eventKey }));
  const context = { operation: 'readAuditEvent', requestId };
  const [stored] = await batchGet(env.AUDIT_TABLE, keys, context);
  return stored && { event: auditEventSchema.parse(stored), stored };
}

async function recordView(ref: string, { actor, reason, requestId }: Asking): Promise<void> {
  requirePermission(actor, 'audit:personal');
  if (reason === undefined) {
    const message = 'Say why you need to see personal data: the reason is kept in the audit trail';
    throw new AppError('VALIDATION_ERROR', message, { fields: [{ field: 'reason', message }] });
  }
  const time = new Date().toISOString();
  await recordEvent(
    {
      schemaVersion: 1,
      eventId: eventIdOf(requestId, 'VIEW_PERSONAL_DATA', ref),
      action: 'VIEW_PERSONAL_DATA',
      outcome: 'success',
      actor: auditActor(actor),
      resource: { kind: 'audit_event', ref },
      reason,
      time,
      requestId,
      ttl: eventTtl('VIEW_PERSONAL_DATA', time),
    },
    requestId,
  );
}
