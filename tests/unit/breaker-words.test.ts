import { describe, expect, it } from 'vitest';
import { breakerSentence, countsText, tableLabel, untilText } from '@/components/breakers/breaker-words';
import { type Breaker, breakerCommandSchema } from '@/lib/shared/breaker';

const AT = '2026-10-01T10:00:00.000Z';
const NONE = { passed: 0, throttled: 0, unanswered: 0, missing: 0, denied: 0 };

function aBreaker(overrides: Partial<Breaker> = {}): Breaker {
  return {
    ...{ table: 'Demo-FailedItems', variable: 'FAILED_ITEMS_TABLE', state: 'closed', since: AT },
    ...{ reason: null, nextProbeAt: null, override: null, counts: NONE },
    ...overrides,
  };
}

const held = { state: 'closed' as const, reason: 'Test', by: 'Ada', at: AT, until: AT };

describe('the words of breakers', () => {
  it('name tables as people do, and by their own name where there is no other', () => {
    expect(tableLabel(aBreaker())).toBe('Failed items');
    expect(tableLabel(aBreaker({ variable: '' }))).toBe('Demo-FailedItems');
  });

  it.each([
    [[aBreaker()], 'All breakers are closed: writes pass.'],
    [[aBreaker({ override: held })], 'Writes pass. The breaker of Failed items is held closed.'],
    [
      [aBreaker(), aBreaker({ variable: 'AUDIT_TABLE', state: 'half_open' })],
      'The breaker of Audit is half open: writes to this table are refused at once.',
    ],
    [
      [aBreaker({ state: 'open' }), aBreaker({ variable: 'AUDIT_TABLE', state: 'open' })],
      'The breakers of Failed items and Audit are not closed: writes to these tables are refused at once.',
    ],
  ])('say in one sentence whether writes pass (%#)', (breakers, sentence) => {
    expect(breakerSentence(breakers)).toBe(sentence);
  });

  it('tell no writes from writes that all passed, and count those that failed', () => {
    expect(countsText(NONE)).toBe('none');
    expect(countsText({ ...NONE, passed: 4 })).toBe('4, all passed');
    expect(countsText({ ...NONE, passed: 4, throttled: 15, missing: 1 })).toBe('16 of 20 failed');
  });

  it('count down to the probe', () => {
    expect(untilText('2026-10-01T10:00:04.200Z', Date.parse(AT))).toBe('in 5 s');
    expect(untilText(AT, Date.parse(AT))).toBe('now');
  });
});

describe('an override', () => {
  it('needs an end within a day, unless it ends one', () => {
    const command = { table: 'T', override: 'open', reason: 'Moving' };
    const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();

    expect(breakerCommandSchema.safeParse({ ...command, until: inHours(23) }).success).toBe(true);
    expect(breakerCommandSchema.safeParse({ ...command, until: inHours(25) }).success).toBe(false);
    expect(breakerCommandSchema.safeParse(command).success).toBe(false);
    expect(breakerCommandSchema.safeParse({ ...command, override: null }).success).toBe(true);
  });
});
