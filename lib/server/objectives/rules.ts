import { BAND_RULES } from '@/lib/server/objectives/bands';
import { burnRules } from '@/lib/server/objectives/burn-rules';
import { budgetAhead } from '@/lib/server/objectives/forecast-budget';
import { throttlingAhead } from '@/lib/server/objectives/forecast-throttling';
import type { MetricHistory } from '@/lib/server/objectives/metric-history';
import { OBJECTIVES } from '@/lib/server/objectives/objectives';
import { createsFail, throttledNow } from '@/lib/server/objectives/quick-rules';
import type { Rule } from '@/lib/server/objectives/rule';
import type { Judgement } from '@/lib/shared/objective';

/** Every rule over metrics, those that fire first at the top. */
export const RULES: readonly Rule[] = [
  createsFail,
  throttledNow,
  ...OBJECTIVES.flatMap(burnRules),
  ...BAND_RULES,
  budgetAhead,
  throttlingAhead,
];

/** What every rule says of a history at a moment. */
export function judge(history: MetricHistory, nowMs: number): Judgement[] {
  return RULES.map(({ ruleId, title, severity, series, pendingMs, resolveMs, prepare }) => ({
    ...{ ruleId, title, severity, series, pendingMs, resolveMs },
    ...prepare(history)(nowMs),
  }));
}
