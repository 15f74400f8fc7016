import { createHash } from 'node:crypto';
import { toAuditItem } from '@/lib/server/audit-log/audit-event-item';
import { lateLane } from '@/lib/server/audit-log/event-writes';
import type { ShardPlan } from '@/lib/server/audit-log/lanes/shard-plan';
import { toSegmentItem } from '@/lib/server/audit-log/segment';
import { rowAssignment } from '@/lib/server/batches/chunks/row-assignment';
import type { AuditActor, AuditEvent } from '@/lib/shared/audit-event';
import { hourOf } from '@/lib/shared/audit-hour';
import { aNewAssignment } from '@/tests/support/new-assignment';

type Random = { next: () => number };

const ACTORS: AuditActor[] = [
  { id: 'user_ada', role: 'admin', department: 'Registry', ip: '192.168.4.7', sessionId: 'a1b2' },
  { id: 'user_ines', role: 'instructor', department: 'Physics' },
  { id: 'user_olga', role: 'ops', department: 'IT' },
  { id: 'system', role: 'system', department: '' },
];

export const BATCH_IDS = ['batch_one', 'batch_two', 'batch_three'];

const pick = <Value>(random: Random, values: readonly [Value, ...Value[]] | Value[]): Value => {
  const value = values[Math.floor(random.next() * values.length)];
  if (value === undefined) throw new Error('Nothing to pick from');
  return value;
};

/** An event at this instant, of a kind, an actor and an outcome that chance decides. */
export function anEventAt(time: string, random: Random): AuditEvent {
  const common = {
    schemaVersion: 1 as const,
    eventId: createHash('sha256').update(`${time}${random.next()}`).digest('hex').slice(0, 32),
    actor: pick(random, ACTORS),
    time,
    requestId: `req_${Math.floor(random.next() * 40)}`,
    ttl: Math.floor(Date.parse(time) / 1000) + 365 * 24 * 60 * 60,
  };
  const assignmentId = `asg_${Math.floor(random.next() * 12)}`;
  const batchId = pick(random, BATCH_IDS);
  switch (Math.floor(random.next() * 5)) {
    case 0:
      return {
        ...common,
        action: 'SIGN_IN',
        ...pick(random, [
          { outcome: 'success' as const, code: null },
          { outcome: 'failure' as const, code: 'UNAUTHENTICATED' },
        ]),
        resource: { kind: 'user', userId: common.actor.id, email: 'ada.min@example.edu' },
      };
    case 1:
      return {
        ...common,
        action: pick(random, ['START_BATCH', 'PAUSE_BATCH']),
        outcome: 'success',
        resource: { kind: 'batch', batchId, fileName: 'rows.csv' },
        state: 'running',
        counts: { rows: 3 },
      };
    case 2:
      return {
        ...common,
        action: 'RETRY_FAILED_ITEM',
        ...pick(random, [
          { outcome: 'success' as const, code: null },
          { outcome: 'failure' as const, code: 'THROTTLING' },
        ]),
        resource: {
          kind: 'failed_item',
          id: `fi_${assignmentId}`,
          courseId: 'C1',
          title: 'Essay',
          assignmentId,
        },
        changes: {},
        reason: null,
        bulkId: pick(random, [null, batchId]),
      };
    default:
      return {
        ...common,
        action: pick(random, ['CREATE_ASSIGNMENT', 'UPDATE_ASSIGNMENT', 'ARCHIVE_ASSIGNMENT']),
        outcome: 'success',
        resource: { kind: 'assignment', assignmentId, courseId: 'C1', title: 'Essay', type: 'essay' },
        changes: { title: { before: 'Essai', after: 'Essay' } },
        assignmentVersion: 2,
        ...pick(random, [{}, { batch: { batchId, rowNumber: 7 } }]),
      };
  }
}

/** What the table holds of an event that came in time. */
export function inTime(event: AuditEvent, plan: ShardPlan): Record<string, unknown> {
  return toAuditItem(event, plan, event.time);
}

/** What the table holds of an event that arrived hours later: the event, and the pointer to it. */
export function late(event: AuditEvent, plan: ShardPlan, arrivedAt: string): Record<string, unknown>[] {
  const item = toAuditItem(event, plan, arrivedAt);
  const { lane, eventKey } = item;
  const lateHour = hourOf(arrivedAt);
  return [
    { ...item, lateHour },
    { lane: lateLane(lateHour), eventKey: `${lane}#${eventKey}`, late: { lane, eventKey }, ttl: event.ttl },
  ];
}

type SegmentOf = { batchId: string; firstRow: number; rows: number; writtenAt: string; random: Random };

/** A segment of rows that was written at this instant. */
export async function aSegment({ batchId, firstRow, rows, writtenAt, random }: SegmentOf) {
  const { id, role, department } = pick(random, ACTORS.slice(0, 2));
  if (role === 'system' || role === 'anonymous') throw new Error('People upload files');
  const author = { id, role, department };
  const origin = { batchId, author, requestId: `req_${batchId}`, createdAt: writtenAt };
  const item = await toSegmentItem({
    ...{ action: 'CREATE_ASSIGNMENT', batchId, sourceBatchId: batchId, author, requestId: origin.requestId },
    time: writtenAt,
    rows: Array.from({ length: rows }, (_, at) => ({
      rowNumber: firstRow + at,
      assignment: rowAssignment(
        {
          rowNumber: firstRow + at,
          cells: [],
          assignment: aNewAssignment({ title: `Row ${firstRow + at}` }),
        },
        origin,
      ),
    })),
  });
  return {
    ...item,
    ingestedAt: writtenAt,
    timeKey: `${writtenAt}#${batchId}#${item.eventKey}`,
    segmentHour: hourOf(writtenAt),
    actorMonth: `${id}#${writtenAt.slice(0, 7)}`,
  };
}
