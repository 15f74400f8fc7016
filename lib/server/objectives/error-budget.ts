import type { EventLog } from '@/lib/server/objectives/event-log';
import { BUDGET_DAYS } from '@/lib/server/objectives/objectives';

const PERIOD_MS = BUDGET_DAYS * 86_400_000;

/** Fewer events say nothing about a budget. */
const MIN_EVENTS = 10;

export type ErrorBudget = {
  total: number;
  bad: number;
  /** Bad events that the promise allows for the events so far. */
  allowed: number;
  /** Share of the budget: 1 untouched, below 0 overspent; null with too few events. */
  left: number | null;
};

/** The error budget of the 28 days before a moment. */
export function errorBudget(log: EventLog, target: number, nowMs: number): ErrorBudget {
  const { total, bad } = log.within(nowMs - PERIOD_MS, nowMs);
  const allowed = total * (1 - target);
  return { total, bad, allowed, left: total < MIN_EVENTS ? null : 1 - bad / allowed };
}

/**
 * Milliseconds until a budget is spent if it is spent on as now; 0 where it is spent, null where it lasts.
 * Linear, for traffic that stays as it is: a burn rate of 1 spends a whole budget in 28 days.
 */
export function msUntilSpent(left: number, burnRate: number): number | null {
  if (left <= 0) return 0;
  return burnRate <= 0 ? null : (left / burnRate) * PERIOD_MS;
}
