import { eventIdOf } from '@/lib/server/audit-log/event-id';
import { eventTtl } from '@/lib/server/audit-log/retention';
import type { AuditActor, AuditEvent } from '@/lib/shared/audit-event';
import { createRandom, type Random } from '@/tests/support/random';

/** A trail of so many events up to an instant. `events` sets how many targets and batches they are about. */
export type Load = { events: number; endsAt: string };

export const LOAD_DAYS = 30;

const DAY_MS = 24 * 60 * 60 * 1000;

const PEOPLE = 200;

/** How busy each hour (UTC) of a working day is. */
const BUSY = [1, 1, 0, 0, 0, 1, 2, 5, 12, 18, 20, 16, 12, 16, 20, 18, 14, 9, 6, 5, 4, 4, 3, 2];
const BUSIEST = 20;

/** On Saturdays and Sundays there is this share of it. */
const WEEKEND = 0.15;

const CODES = ['THROTTLING', 'THROTTLING', 'THROTTLING', 'VALIDATION_ERROR', 'SYSTEM_ERROR'];

/**
 * The event of this number: always the same one, so that a trail of any size is made in constant memory, and questions about
 * events of it can be made without reading them. Days and nights differ, few people do most, two of a hundred fail.
 */
export function loadEvent(number: number, load: Load): AuditEvent {
  const random = createRandom(number * 2_654_435_761);
  const time = busyInstant(random, load.endsAt);
  const actor = aBusyActor(random);
  const common = {
    schemaVersion: 1 as const,
    requestId: `req_${Date.parse(time)}_${number.toString(36).padStart(9, '0')}`,
    ...{ time, actor, ttl: eventTtl('SIGN_IN', time) },
    eventId: eventIdOf('load', String(number)),
  };
  const kind = random.next();
  if (kind < 0.02) return aFailure(common, random, load);
  if (kind < 0.2) return aSession(common, random);
  if (kind < 0.28) return aBatchStep(common, random, load);
  return aChange(common, random, load);
}

type Common = Pick<AuditEvent, 'schemaVersion' | 'requestId' | 'time' | 'actor' | 'ttl' | 'eventId'>;

function busyInstant(random: Random, endsAt: string): string {
  const end = Date.parse(endsAt);
  for (;;) {
    const at = new Date(end - Math.floor(random.next() * LOAD_DAYS * DAY_MS) - 1);
    const isWeekend = [0, 6].includes(at.getUTCDay());
    const share = ((BUSY[at.getUTCHours()] ?? 0) / BUSIEST) * (isWeekend ? WEEKEND : 1);
    if (random.next() < share) return at.toISOString();
  }
}

/** The square makes the first ones do most: one of 200 people does a fourteenth of everything. */
function aBusyActor(random: Random): AuditActor {
  const number = Math.floor(random.next() ** 2 * PEOPLE);
  const common = { department: `Department ${number % 9}`, sessionId: `s${number}`, ip: `192.0.2.${number}` };
  if (number % 40 === 3) return { id: 'system', role: 'system', department: '' };
  return { id: `user_${number}`, role: number % 5 === 0 ? 'ops' : 'instructor', ...common };
}

const batchIdOf = (random: Random, { events }: Load) =>
  `batch_${random.between(1, Math.max(10, Math.floor(events / 100)))}`;

/** Each assignment is changed about six times. */
const assignmentIdOf = (random: Random, { events }: Load) =>
  `asg_${random.between(1, Math.max(10, Math.floor(events / 6)))}`;

function aFailure(common: Common, random: Random, load: Load): AuditEvent {
  const assignmentId = assignmentIdOf(random, load);
  return {
    ...common,
    action: 'RETRY_FAILED_ITEM',
    outcome: 'failure',
    code: CODES[random.between(0, CODES.length - 1)] ?? 'THROTTLING',
    resource: {
      ...{ kind: 'failed_item', id: `fi_${assignmentId}`, courseId: 'AAA-2026J', title: 'Essay' },
      assignmentId,
    },
    ...{ changes: {}, reason: 'The table is back' },
    bulkId: random.chance(0.5) ? batchIdOf(random, load) : null,
  };
}

function aSession(common: Common, random: Random): AuditEvent {
  return {
    ...common,
    action: random.chance(0.6) ? 'SIGN_IN' : 'SIGN_OUT',
    ...{ outcome: 'success', code: null },
    resource: { kind: 'user', userId: common.actor.id, email: `${common.actor.id}@example.edu` },
  };
}

function aBatchStep(common: Common, random: Random, load: Load): AuditEvent {
  return {
    ...common,
    action: random.chance(0.5) ? 'START_BATCH' : 'FINISH_BATCH',
    outcome: 'success',
    resource: { kind: 'batch', batchId: batchIdOf(random, load), fileName: 'weekly-tests.csv' },
    ...{ state: 'running', counts: { rows: 206, created: 200, rejected: 6 } },
  };
}

function aChange(common: Common, random: Random, load: Load): AuditEvent {
  const assignmentId = assignmentIdOf(random, load);
  return {
    ...common,
    action: random.chance(0.3) ? 'CREATE_ASSIGNMENT' : 'UPDATE_ASSIGNMENT',
    outcome: 'success',
    resource: {
      ...{ kind: 'assignment', assignmentId, courseId: `AAA-${random.between(1, 40)}` },
      ...{ title: `Essay ${assignmentId}`, type: 'homework' },
    },
    changes: {
      title: { before: 'Essay', after: `Essay ${assignmentId}` },
      points: { before: 10, after: 100 },
    },
    assignmentVersion: random.between(1, 9),
  };
}
