import { afterEach, describe, expect, it, vi } from 'vitest';
import { createAssignment } from '@/lib/server/assignments/create-assignment';
import { sweepEffects } from '@/lib/server/assignments/sweep-effects';
import { auditKeyOf } from '@/lib/server/audit-log/audit-event-item';
import { batchEvent } from '@/lib/server/audit-log/batch-event';
import { eventWrites, lateLane } from '@/lib/server/audit-log/event-writes';
import { readShardPlan } from '@/lib/server/audit-log/lanes/shard-plan';
import { recordEvent, settleKeptEvents } from '@/lib/server/audit-log/record-event';
import { writeEvent } from '@/lib/server/audit-log/write-event';
import { env } from '@/lib/server/env';
import { newRequestId } from '@/lib/server/request-id';
import { type AuditEvent, SYSTEM } from '@/lib/shared/audit-event';
import { hourOf } from '@/lib/shared/audit-hour';
import { aCourse, anInstructor, eventsOf } from '@/tests/support/factories';
import { beforeCall, failCalls } from '@/tests/support/faults';
import { aNewAssignment } from '@/tests/support/new-assignment';
import { laneItems } from '@/tests/support/stored-events';

const HOUR_MS = 60 * 60 * 1000;
const EVER = '9999-01-01T00:00:00.000Z';

/** It is that many hours later from here on. */
function letHoursPass(hours: number): void {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + hours * HOUR_MS });
}

afterEach(() => {
  vi.useRealTimers();
});

const anEvent = (time = new Date().toISOString()): AuditEvent => {
  const numbers = { rows: 0, created: 0, rejected: 0, failed: 0, waiting: 0, deleted: 0, kept: 0 };
  const batch = { batchId: `batch_${crypto.randomUUID()}`, fileName: 'a.csv', state: 'done' as const };
  return batchEvent({
    ...{ action: 'FINISH_BATCH', author: SYSTEM, requestId: newRequestId(), time },
    batch: { ...batch, ...numbers, succeeded: 0, skipped: 0 },
  });
};

/** What lies in the lane of an event under its key, and what lists it as late in the hour of now. */
async function whereIs(event: AuditEvent) {
  const { lane, eventKey } = auditKeyOf(event, await readShardPlan(newRequestId()));
  const stored = (await laneItems(lane)).filter((item) => item.eventKey === eventKey);
  const pointers = await laneItems(lateLane(hourOf(new Date().toISOString())));
  return { stored, pointers: pointers.filter((item) => item.eventKey === `${lane}#${eventKey}`) };
}

describe('an event that is written hours after its time', () => {
  it('of a create that the table had refused lies once in its own hour, and once in the list of what came late', async () => {
    const courseId = await aCourse();
    const isOver = failCalls('ResourceNotFoundException', { table: env.AUDIT_TABLE });
    const { assignmentId } = await createAssignment(
      aNewAssignment({ courseId }),
      await anInstructor([courseId]),
      { requestId: newRequestId() },
    );
    isOver();

    letHoursPass(3);
    await sweepEffects(EVER, newRequestId());
    await sweepEffects(EVER, newRequestId());

    const [event] = await eventsOf(assignmentId);
    if (!event) throw new Error('There is no event');
    const { stored, pointers } = await whereIs(event);
    const lateHour = hourOf(new Date().toISOString());
    expect(stored).toMatchObject([{ eventId: event.eventId, lateHour }]);
    expect(hourOf(event.time)).not.toBe(lateHour);
    expect(pointers).toMatchObject([{ late: { lane: stored[0]?.lane, eventKey: stored[0]?.eventKey } }]);
  });

  it('that was kept aside is written once, however often it is settled', async () => {
    const event = anEvent();
    const isOver = failCalls('ResourceNotFoundException', { table: env.AUDIT_TABLE });
    await recordEvent(event, newRequestId());
    isOver();

    letHoursPass(5);
    await Promise.allSettled([settleKeptEvents(newRequestId()), settleKeptEvents(newRequestId())]);
    await settleKeptEvents(newRequestId());

    const { stored, pointers } = await whereIs(event);
    expect(stored).toHaveLength(1);
    expect(pointers).toHaveLength(1);
  });

  it('but had arrived in time stays as it was', async () => {
    const event = anEvent();
    await writeEvent(event, newRequestId());
    const before = await whereIs(event);

    letHoursPass(2);
    await writeEvent(event, newRequestId());

    expect(await whereIs(event)).toEqual({ stored: before.stored, pointers: [] });
    expect(before.stored[0]).not.toHaveProperty('lateHour');
  });

  it('is refused where somebody else has written it in this moment, and is found by the next look', async () => {
    const event = anEvent();
    letHoursPass(2);
    beforeCall(() => writeEvent(event, newRequestId()), { command: 'TransactWriteItems' });

    const second = writeEvent(event, newRequestId());

    await expect(second).rejects.toMatchObject({ name: 'TransactionCanceledException' });
    expect(await eventWrites(event, newRequestId())).toEqual([]);
    const { stored, pointers } = await whereIs(event);
    expect([stored.length, pointers.length]).toEqual([1, 1]);
  });

  it('within five minutes of the end of its hour is not late', async () => {
    const event = anEvent('2026-11-20T10:59:59.000Z');

    vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2026-11-20T11:04:59.999Z') });
    const inTime = await eventWrites(event, newRequestId());
    vi.setSystemTime(Date.parse('2026-11-20T11:05:00.000Z'));
    const late = await eventWrites(event, newRequestId());

    expect([inTime.length, late.length]).toEqual([1, 2]);
  });
});
