import type { Judgement } from '@/lib/shared/objective';

/** What a rule says: bad, unless told otherwise; half a minute makes it fire, a minute ends it. */
export const aJudgement = (overrides: Partial<Judgement> = {}): Judgement => ({
  ...{ ruleId: 'throttled-now', title: 'Writes throttled', severity: 'page', series: null },
  ...{
    isBad: true,
    isKnown: true,
    sentence: 'Much is refused.',
    evidence: [{ label: 'Refused', value: '40 %' }],
  },
  ...{ pendingMs: 30_000, resolveMs: 60_000 },
  ...overrides,
});
