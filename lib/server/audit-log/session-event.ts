import { eventIdOf } from '@/lib/server/audit-log/event-id';
import { eventTtl } from '@/lib/server/audit-log/retention';
import { sessionHash } from '@/lib/server/auth/session-cookie';
import { requestContext } from '@/lib/server/request-context';
import type { AuditActor, AuditAuthor, SessionEvent } from '@/lib/shared/audit-event';
import type { Actor } from '@/lib/shared/session';

const ANONYMOUS: AuditAuthor = { id: 'anonymous', role: 'anonymous', department: '' };

/**
 * The audit event of a sign-in.
 * @param cookies the Set-Cookie values of the new session
 */
export function signInEvent(person: Actor, cookies: string[], requestId: string): SessionEvent {
  const [pair] = (cookies[0] ?? '').split(';');
  return sessionEvent('SIGN_IN', { person, requestId, cookie: pair, code: null, email: person.email });
}

/**
 * The audit event of a sign-out.
 * @param cookie of the session that has ended, as `name=value`
 */
export function signOutEvent(person: Actor, cookie: string, requestId: string): SessionEvent {
  return sessionEvent('SIGN_OUT', { person, requestId, cookie, code: null, email: person.email });
}

type Refused = { email: string; code: string; requestId: string };

/** The audit event of a sign-in that was refused. It does not say whether there is such a person. */
export function refusedSignInEvent({ email, code, requestId }: Refused): SessionEvent {
  return sessionEvent('SIGN_IN', { person: undefined, requestId, cookie: undefined, code, email });
}

type Facts = {
  person: Actor | undefined;
  requestId: string;
  cookie: string | undefined;
  code: string | null;
  email: string;
};

function sessionEvent(
  action: SessionEvent['action'],
  { person, requestId, cookie, code, email }: Facts,
): SessionEvent {
  const time = new Date().toISOString();
  const target = person?.id ?? email.toLowerCase();
  return {
    schemaVersion: 1,
    eventId: eventIdOf(requestId, action, target),
    action,
    outcome: code === null ? 'success' : 'failure',
    actor: actorOf(person, cookie),
    resource: { kind: 'user', userId: person?.id ?? null, email },
    code,
    time,
    requestId,
    ttl: eventTtl(action, time),
  };
}

/** Who signs in is not yet the actor of the request, and who signs out not any more. */
function actorOf(person: Actor | undefined, cookie: string | undefined): AuditActor {
  const { id, role, department } = person ?? ANONYMOUS;
  const ip = requestContext()?.ip;
  return {
    ...{ id, role, department },
    ...(cookie ? { sessionId: sessionHash(cookie) } : {}),
    ...(ip ? { ip } : {}),
  };
}
