import { describe, expect, it } from 'vitest';
import { exportAuditLog } from '@/lib/server/audit-log/export/export-audit-log';
import { changeLegalHold } from '@/lib/server/audit-log/legal-hold/change-legal-hold';
import { readAuditEvent } from '@/lib/server/audit-log/read/read-audit-event';
import { cancelBatch } from '@/lib/server/batches/cancel-batch';
import { undoBatch } from '@/lib/server/batches/undo-batch';
import type { ItemAction } from '@/lib/server/failed-items/item-action';
import { newRequestId } from '@/lib/server/request-id';
import type { AuditEvent } from '@/lib/shared/audit-event';
import { auditExportQuerySchema } from '@/lib/shared/audit-log';
import { auditRef } from '@/lib/shared/audit-ref';
import { MOST_AT_ONCE } from '@/lib/shared/failed-item';
import type { Actor } from '@/lib/shared/session';
import { aReadyBatch, runBatch } from '@/tests/support/batches';
import { OPS_ACTOR, requestBatch } from '@/tests/support/bulk';
import { anInstructor } from '@/tests/support/factories';
import { aBatchWithFailures, act, rowId } from '@/tests/support/failed-items';
import { eventsOfResource } from '@/tests/support/stored-events';

const LATER = '9999-01-01T00:00:00.000Z';

const anAdmin = async (): Promise<Actor> => ({ ...(await anInstructor()), role: 'admin' });

const actionsOf = (events: AuditEvent[]) => events.map(({ action }) => action);

describe('is one event', () => {
  it('CANCEL_BATCH', async () => {
    const { batchId, actor } = await aReadyBatch({ chunks: [1] });

    await cancelBatch(batchId, actor, newRequestId());
    await cancelBatch(batchId, actor, newRequestId());

    expect(actionsOf(await eventsOfResource(`batch#${batchId}`))).toEqual(['CANCEL_BATCH']);
  });

  it('UNDO_BATCH', async () => {
    const batch = await aReadyBatch({ chunks: [1] });
    await runBatch(batch);

    await undoBatch(batch.batchId, { actor: batch.actor, requestId: newRequestId() });

    const actions = actionsOf(await eventsOfResource(`batch#${batch.batchId}`));
    expect(actions.filter((action) => action === 'UNDO_BATCH')).toHaveLength(1);
  });

  it.each<[AuditEvent['action'], ItemAction]>([
    ['RETRY_FAILED_ITEMS', { action: 'retry' }],
    ['SNOOZE_FAILED_ITEMS', { action: 'snooze', until: LATER }],
    ['RESTORE_FAILED_ITEMS', { action: 'restore' }],
  ])('%s', async (name, action) => {
    // Only the request is looked at, which is the same whether there are such items.
    const ids = Array.from({ length: MOST_AT_ONCE + 1 }, (_, at) => `row:batch_none:${at + 2}`);

    const batchId = await requestBatch(action, { ids });

    expect(actionsOf(await eventsOfResource(`batch#${batchId}`))).toEqual([name]);
  });

  it('SNOOZE_FAILED_ITEM', async () => {
    const id = rowId(await aBatchWithFailures({ rows: 1, failed: [2] }), 2);

    await act([id], { action: 'snooze', until: LATER });

    expect(actionsOf(await eventsOfResource(`failed_item#${id}`))).toEqual(['SNOOZE_FAILED_ITEM']);
  });

  it('RELEASE_LEGAL_HOLD', async () => {
    const admin = await anAdmin();

    await changeLegalHold({ isOn: true, reason: 'A case' }, admin, newRequestId());
    await changeLegalHold({ isOn: false, reason: 'It is over' }, admin, newRequestId());

    expect(actionsOf(await eventsOfResource('setting#legal-hold')).sort()).toEqual([
      'PLACE_LEGAL_HOLD',
      'RELEASE_LEGAL_HOLD',
    ]);
  });

  it('VIEW_PERSONAL_DATA, with the reason', async () => {
    const { batchId, actor } = await aReadyBatch({ chunks: [1] });
    await cancelBatch(batchId, actor, newRequestId());
    const [event] = await eventsOfResource(`batch#${batchId}`);
    if (!event) throw new Error('There is no event');
    const at = { kind: 'single' as const, time: event.time, eventId: event.eventId };

    const asking = { clear: true, reason: 'A complaint', requestId: newRequestId() };
    await readAuditEvent(at, { ...asking, actor: await anAdmin() });

    expect(await eventsOfResource(`audit_event#${auditRef(at)}`)).toMatchObject([
      { action: 'VIEW_PERSONAL_DATA', reason: 'A complaint', requestId: asking.requestId },
    ]);
  });

  it('EXPORT_AUDIT_LOG', async () => {
    const requestId = newRequestId();
    const query = auditExportQuerySchema.parse({ actor: OPS_ACTOR.id });

    await exportAuditLog(query, { actor: await anAdmin(), requestId });

    const events = await eventsOfResource('export#audit-log');
    expect(events.filter((event) => event.requestId === requestId)).toMatchObject([
      { action: 'EXPORT_AUDIT_LOG', resource: { filter: { actor: OPS_ACTOR.id } } },
    ]);
  });
});
