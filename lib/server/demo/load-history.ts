import { createHash } from 'node:crypto';
import { toAuditItem } from '@/lib/server/audit-log/audit-event-item';
import { readShardPlan, writeShardPlan } from '@/lib/server/audit-log/lanes/shard-plan';
import { eventTtl } from '@/lib/server/audit-log/retention';
import { newestSeal } from '@/lib/server/audit-log/seals/seal-item';
import { batchWrite } from '@/lib/server/batch-write';
import { env } from '@/lib/server/env';
import type { AuditEvent } from '@/lib/shared/audit-event';
import { hourOf, hourStart, hoursAfter, hoursBetween } from '@/lib/shared/audit-hour';
import type { Actor } from '@/lib/shared/session';

const DAYS = 5;

/** Visits an hour (UTC) on a working day. */
const VISITS = [0, 0, 0, 0, 0, 0, 1, 2, 4, 6, 6, 5, 3, 5, 6, 5, 4, 3, 2, 1, 1, 1, 0, 0];

/**
 * The last days of the trail before the demo was made: who signed in and out, whose password was wrong, who downloaded what.
 * Nothing of it touches data. Only a trail that nobody has sealed yet gets a past.
 * @returns how many events were added
 */
export async function loadHistory(people: Actor[], requestId: string): Promise<number> {
  const now = hourOf(new Date().toISOString());
  const firstHour = hoursAfter(now, -DAYS * 24);
  const plan = await readShardPlan(requestId);
  if (plan.firstHour < now || (await newestSeal(requestId))) return 0;
  const withPast = { ...plan, firstHour };
  const events = hoursBetween(firstHour, hoursAfter(now, -1)).flatMap((hour) => visitsOf(hour, people));
  await batchWrite(
    env.AUDIT_TABLE,
    events.map((event) => ({ PutRequest: { Item: toAuditItem(event, withPast, event.time) } })),
    { operation: 'loadHistory', requestId },
  );
  await writeShardPlan(withPast, requestId);
  return events.length;
}

function visitsOf(hour: string, people: Actor[]): AuditEvent[] {
  const start = hourStart(hour);
  const isWeekend = [0, 6].includes(new Date(start).getUTCDay());
  const visits = Math.round((VISITS[Number(hour.slice(11))] ?? 0) / (isWeekend ? 4 : 1));
  return Array.from({ length: visits }, (_, visit) => {
    const chance = shareOf(`${hour}#${visit}`);
    const person = people[Math.floor(chance * people.length)];
    const at = Date.parse(start) + Math.floor(shareOf(`${hour}#${visit}#at`) * 50 * 60_000);
    return person ? eventsOfVisit(person, at, chance) : [];
  }).flat();
}

/** A number from 0 up to 1 that is always the same for the same name. */
function shareOf(name: string): number {
  return createHash('sha256').update(name).digest().readUInt32BE(0) / 2 ** 32;
}

function eventsOfVisit(person: Actor, at: number, chance: number): AuditEvent[] {
  const session = sessionOf(person, at);
  const isForgetful = (chance * 100) % 1 < 0.12;
  const mayExport = person.role === 'ops' || person.role === 'admin';
  return [
    ...(isForgetful ? [signIn(person, at, 'UNAUTHENTICATED', session)] : []),
    signIn(person, at + 20_000, null, session),
    ...(mayExport && (chance * 1000) % 1 < 0.3 ? [download(person, at + 120_000, session)] : []),
    ...((chance * 10) % 1 < 0.6 ? [signOut(person, at + 9 * 60_000, session)] : []),
  ];
}

type Session = { sessionId: string; ip: string };

function sessionOf({ id }: Actor, at: number): Session {
  const hash = createHash('sha256').update(`${id}#${at}`).digest();
  return { sessionId: hash.toString('hex').slice(0, 16), ip: `192.0.2.${1 + (hash.readUInt8(0) % 250)}` };
}

function common(action: AuditEvent['action'], { id }: Pick<Actor, 'id'>, at: number) {
  const time = new Date(at).toISOString();
  const hash = createHash('sha256').update(`${action}#${id}#${time}`).digest('hex');
  return {
    schemaVersion: 1 as const,
    eventId: hash.slice(0, 32),
    time,
    requestId: `req_${at}_${BigInt(`0x${hash.slice(32, 48)}`)
      .toString(36)
      .padStart(9, '0')
      .slice(0, 9)}`,
    ttl: eventTtl(action, time),
  };
}

const actorOf = ({ id, role, department }: Actor, session: Session) => ({ id, role, department, ...session });

function signIn(person: Actor, at: number, code: string | null, session: Session): AuditEvent {
  const { email, id } = person;
  const isRefused = code !== null;
  return {
    ...common('SIGN_IN', person, at),
    action: 'SIGN_IN',
    outcome: isRefused ? 'failure' : 'success',
    actor: isRefused
      ? { id: 'anonymous', role: 'anonymous', department: '', ip: session.ip }
      : actorOf(person, session),
    resource: { kind: 'user', userId: isRefused ? null : id, email },
    code,
  };
}

function signOut(person: Actor, at: number, session: Session): AuditEvent {
  const resource = { kind: 'user' as const, userId: person.id, email: person.email };
  return {
    ...common('SIGN_OUT', person, at),
    ...{ action: 'SIGN_OUT', outcome: 'success', actor: actorOf(person, session), resource, code: null },
  };
}

function download(person: Actor, at: number, session: Session): AuditEvent {
  return {
    ...common('EXPORT_FAILED_ITEMS', person, at),
    action: 'EXPORT_FAILED_ITEMS',
    outcome: 'success',
    actor: actorOf(person, session),
    resource: { kind: 'export', name: 'failed-items', filter: { state: 'open' } },
    rows: null,
  };
}
