import { describe, expect, it } from 'vitest';
import { redactedFacts } from '@/lib/server/requests/redacted-facts';

describe('the fields of a kept log line', () => {
  it('hold no secret, however deep it lies, and no clear email', () => {
    const facts = redactedFacts({
      password: 'open sesame',
      headers: { cookie: 'session=1', accept: '*/*' },
      auditEvent: { actor: { ip: '192.168.4.7', sessionId: 'abc', role: 'admin' } },
      reason: 'There is no account ada.min@example.edu',
    });

    expect(facts).toEqual({
      password: '[redacted]',
      'headers.cookie': '[redacted]',
      'headers.accept': '*/*',
      'auditEvent.actor.ip': '[redacted]',
      'auditEvent.actor.sessionId': '[redacted]',
      'auditEvent.actor.role': 'admin',
      reason: 'There is no account a•••@example.edu',
    });
  });

  it('are flat and short, and tell an error by its name and message', () => {
    const cause = new TypeError('fetch failed');

    const facts = redactedFacts({
      code: 'SYSTEM_ERROR',
      retry: 2,
      parameters: { limit: 5 },
      cause,
      none: undefined,
    });

    expect(facts).toEqual({
      code: 'SYSTEM_ERROR',
      retry: 2,
      'parameters.limit': 5,
      cause: 'TypeError: fetch failed',
    });
    expect(String(redactedFacts({ reason: 'x'.repeat(10_000) }).reason).length).toBeLessThan(600);
  });
});
