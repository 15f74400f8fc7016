import { burnRates } from '@/lib/server/objectives/burn-rates';
import { errorBudget, msUntilSpent } from '@/lib/server/objectives/error-budget';
import type { EventLog } from '@/lib/server/objectives/event-log';
import { logOf, type MetricHistory } from '@/lib/server/objectives/metric-history';
import { OBJECTIVES, type Objective } from '@/lib/server/objectives/objectives';
import type { Rule } from '@/lib/server/objectives/rules/rule';
import { countText, shareText, spanText, timesText } from '@/lib/server/objectives/wording';
import { SERIES } from '@/lib/shared/metrics';
import type { Forecast } from '@/lib/shared/objective';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/** An end that comes sooner is worth a ticket. */
const SOON_MS = 3 * DAY_MS;

/** The window whose burn rate is taken as "now": long enough to be calm, short enough to be now. */
const RATE_MS = 6 * HOUR_MS;

/** When the error budget of an objective will be spent, if it is spent on as in the last six hours. */
export function forecastBudget(objective: Objective, log: EventLog, nowMs: number): Forecast {
  const { objectiveId, title, target } = objective;
  const { total, bad, allowed, left } = errorBudget(log, target, nowMs);
  const burn = burnRates(log, target, nowMs).find(({ longMs }) => longMs === RATE_MS);
  const rate = burn?.isKnown ? burn.longRate : null;
  const msLeft = left === null || rate === null ? null : msUntilSpent(left, rate);
  const at = msLeft === null ? null : new Date(nowMs + msLeft).toISOString();
  return {
    ...{ forecastId: `budget-${objectiveId}`, kind: 'budget', title: `${title}: error budget` },
    isBad: left !== null && left > 0 && msLeft !== null && msLeft < SOON_MS,
    sentence: sentenceOf({ left, rate, msLeft }),
    ...{ at, earliest: null, latest: null, batchId: null },
    evidence: [
      { label: 'Budget left', value: left === null ? 'not known' : shareText(left) },
      { label: 'Bad in 28 days', value: `${countText(bad)}, of ${countText(allowed)} allowed so far` },
      { label: 'Events in 28 days', value: countText(total) },
      { label: `Burn rate over ${spanText(RATE_MS)}`, value: rate === null ? 'not known' : timesText(rate) },
    ],
  };
}

type Seen = { left: number | null; rate: number | null; msLeft: number | null };

function sentenceOf({ left, rate, msLeft }: Seen): string {
  if (left === null) return 'Too little was counted to know the budget.';
  if (left <= 0) return 'The budget of these 28 days is spent.';
  if (rate === null) return `${shareText(left)} is left; too little traffic to say how fast it goes.`;
  if (msLeft === null)
    return `${shareText(left)} is left, and nothing bad happened in the last ${spanText(RATE_MS)}.`;
  if (msLeft > 28 * DAY_MS) return `${shareText(left)} is left, which lasts for more than the period.`;
  return `${shareText(left)} is left and lasts for ${spanText(msLeft)} at the burn rate of the last ${spanText(RATE_MS)}.`;
}

/** The forecasts of all error budgets as one rule: bad while the first of them ends within three days. */
export const budgetAhead: Rule = {
  ruleId: 'budget-ahead',
  title: 'An error budget is spent soon',
  ...{ severity: 'ticket', series: null, needs: SERIES, step: 'hour', leadMs: 28 * DAY_MS },
  ...{ pendingMs: 0, resolveMs: 600_000 },
  prepare(history) {
    const logs = OBJECTIVES.map((objective) => ({ objective, log: objectiveLog(history, objective) }));
    return (nowMs) => {
      const forecasts = logs.map(({ objective, log }) => forecastBudget(objective, log, nowMs));
      const [first] = forecasts
        .filter(({ isBad }) => isBad)
        .sort((a, b) => ((a.at ?? '') < (b.at ?? '') ? -1 : 1));
      const isKnown =
        forecasts.some(({ at }) => at !== null) || logs.some(({ log }) => log.within(0, nowMs).total > 0);
      return {
        isBad: first !== undefined,
        isKnown,
        sentence: first
          ? `${first.title}: ${first.sentence}`
          : 'No error budget will be spent within three days.',
        evidence: first?.evidence ?? [],
      };
    };
  },
};

/** What an objective counts, over a history. */
export function objectiveLog(history: MetricHistory, { series, countBad }: Objective): EventLog {
  return logOf(history, series, countBad);
}
