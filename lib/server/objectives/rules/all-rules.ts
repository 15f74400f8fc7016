import { budgetAhead } from '@/lib/server/objectives/forecasts/forecast-budget';
import { throttlingAhead } from '@/lib/server/objectives/forecasts/forecast-throttling';
import type { MetricHistory } from '@/lib/server/objectives/metric-history';
import { OBJECTIVES } from '@/lib/server/objectives/objectives';
import { burnRules } from '@/lib/server/objectives/rules/burn-rules';
import { createsFail, throttledNow } from '@/lib/server/objectives/rules/quick-rules';
import type { Rule } from '@/lib/server/objectives/rules/rule';
import { BAND_RULES } from '@/lib/server/objectives/usual/bands';
import type { RuleState } from '@/lib/shared/objective';

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
export function judge(history: MetricHistory, nowMs: number): RuleState[] {
  return RULES.map(({ ruleId, title, severity, series, step, pendingMs, resolveMs, prepare }) => ({
    ...{ ruleId, title, severity, series, step, pendingMs, resolveMs },
    ...prepare(history)(nowMs),
  }));
}
