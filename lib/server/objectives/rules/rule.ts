import type { MetricHistory } from '@/lib/server/objectives/metric-history';
import type { Series } from '@/lib/shared/metrics';
import type { Judgement } from '@/lib/shared/objective';

export type Verdict = Pick<Judgement, 'isBad' | 'isKnown' | 'sentence' | 'evidence'>;

/**
 * A rule over metrics. It is prepared once for a history and then asked for any moment in it, of which it looks only at what lies
 * before: that is how it judges the present, and how it is replayed over the past.
 */
export type Rule = Omit<Judgement, keyof Verdict> & {
  /** Series that it reads. */
  needs: readonly Series[];
  /** What it counts by, and how far back it looks from a moment. */
  step: 'minute' | 'hour';
  leadMs: number;
  prepare(history: MetricHistory): (nowMs: number) => Verdict;
};
