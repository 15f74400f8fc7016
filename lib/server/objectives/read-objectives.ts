import { burnRates } from '@/lib/server/objectives/burn-rates';
import { errorBudget } from '@/lib/server/objectives/error-budget';
import type { EventLog } from '@/lib/server/objectives/event-log';
import { forecastBatchEnd } from '@/lib/server/objectives/forecasts/forecast-batch-end';
import { forecastBudget, objectiveLog } from '@/lib/server/objectives/forecasts/forecast-budget';
import { throttlingAhead } from '@/lib/server/objectives/forecasts/forecast-throttling';
import { runningBatches } from '@/lib/server/objectives/forecasts/running-batches';
import type { MetricHistory } from '@/lib/server/objectives/metric-history';
import { BUDGET_DAYS, OBJECTIVES, type Objective } from '@/lib/server/objectives/objectives';
import { readHistory } from '@/lib/server/objectives/read-history';
import { judge } from '@/lib/server/objectives/rules/all-rules';
import { bandsAt } from '@/lib/server/objectives/usual/bands';
import { partText, shareText } from '@/lib/server/objectives/wording';
import type { Forecast, ObjectiveState, Objectives } from '@/lib/shared/objective';
import { mayRole, type Role } from '@/lib/shared/permissions';

/**
 * All promises with their budgets, what is usual, what will happen, and what every rule says: at this moment. Ends of batches
 * are for those who may read batches.
 * @throws {AppError} what DynamoDB answered
 */
export async function readObjectives(role: Role, requestId: string): Promise<Objectives> {
  const nowMs = Date.now();
  const [history, batches] = await Promise.all([
    readHistory(nowMs, requestId),
    mayRole(role, 'batch:read') ? runningBatches(nowMs, requestId) : [],
  ]);
  const logs = OBJECTIVES.map((objective) => ({ objective, log: objectiveLog(history, objective) }));
  return {
    now: new Date(nowMs).toISOString(),
    objectives: logs.map(({ objective, log }) => objectiveState(objective, log, nowMs)),
    bands: bandsAt(history, nowMs),
    forecasts: [
      ...batches.map(({ batch, points }) => forecastBatchEnd(batch, points, nowMs)),
      forecastThrottling(history, nowMs),
      ...logs.map(({ objective, log }) => forecastBudget(objective, log, nowMs)),
    ],
    rules: judge(history, nowMs),
  };
}

function objectiveState(objective: Objective, log: EventLog, nowMs: number): ObjectiveState {
  const { objectiveId, title, goal, series, target } = objective;
  const { total, bad, left } = errorBudget(log, target, nowMs);
  return {
    ...{ objectiveId, title, goal, series, target, total, bad },
    days: BUDGET_DAYS,
    budgetLeft: left,
    since: log.firstMs === null ? null : new Date(log.firstMs).toISOString(),
    burns: burnRates(log, target, nowMs),
    sentence:
      total === 0
        ? 'Nothing was counted yet.'
        : `${partText(bad, total)} were bad in ${BUDGET_DAYS} days, ${shareText(1 - bad / total)} good where ${shareText(target)} is promised.`,
  };
}

function forecastThrottling(history: MetricHistory, nowMs: number): Forecast {
  const { isBad, sentence, evidence } = throttlingAhead.prepare(history)(nowMs);
  return {
    ...{ forecastId: 'throttling', kind: 'throttling', title: 'Throttling', isBad, sentence, evidence },
    ...{ at: null, earliest: null, latest: null, batchId: null },
  };
}
