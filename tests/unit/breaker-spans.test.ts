import { describe, expect, it } from 'vitest';
import { breakerSpans } from '@/components/metrics/breaker-spans';
import type { BreakerChange, BreakerState } from '@/lib/shared/breaker';

const TIME = { fromMs: 1000, toMs: 9000 };
const at = (ms: number) => new Date(ms).toISOString();

const change = (ms: number, from: BreakerState, to: BreakerState, table = 'T'): BreakerChange => ({
  ...{ table, at: at(ms), from, to, reason: 'test', by: null },
});

const breaker = (state: BreakerState, sinceMs: number) => ({ table: 'T', state, since: at(sinceMs) });

describe('the ribbon of a breaker', () => {
  it('shows each state from its change to the next', () => {
    const history = [
      change(2000, 'closed', 'open'),
      change(3000, 'open', 'half_open'),
      change(4000, 'half_open', 'closed'),
    ];

    expect(breakerSpans(breaker('closed', 4000), history, TIME)).toEqual([
      { fromMs: 1000, toMs: 2000, state: 'closed' },
      { fromMs: 2000, toMs: 3000, state: 'open' },
      { fromMs: 3000, toMs: 4000, state: 'half_open' },
      { fromMs: 4000, toMs: 9000, state: 'closed' },
    ]);
  });

  it('takes no notice of other tables', () => {
    expect(breakerSpans(breaker('open', 500), [change(2000, 'closed', 'open', 'other')], TIME)).toEqual([
      { ...TIME, state: 'open' },
    ]);
  });

  it('does not guess what a breaker was before it changed later than the time shown', () => {
    expect(breakerSpans(breaker('open', 20_000), [], TIME)).toEqual([{ ...TIME, state: null }]);
  });
});
