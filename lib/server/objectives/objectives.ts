import {
  countFailed,
  countSlower,
  countSlowOnAverage,
  countUnsuccessful,
} from '@/lib/server/objectives/count-bad';
import type { MetricPoint, Series } from '@/lib/shared/metrics';

export type Objective = {
  objectiveId: string;
  title: string;
  /** What is promised, in words. */
  goal: string;
  series: Series;
  /** Share (0 to 1) that must be good. */
  target: number;
  countBad: (point: MetricPoint) => number;
};

/** Days that an error budget is for: four whole weeks, so that each period has the same weekends. */
export const BUDGET_DAYS = 28;

/** The time budgets and success rates of the requirements (S19, S9), as promises. */
export const OBJECTIVES: readonly Objective[] = [
  {
    objectiveId: 'create-success',
    title: 'Creates succeed',
    goal: '99.9 % of forms are taken, unless they are wrong themselves',
    ...{ series: 'create', target: 0.999, countBad: countFailed },
  },
  {
    objectiveId: 'create-p95',
    title: 'Creates are fast (p95)',
    goal: '95 % of creates take at most 500 ms',
    ...{ series: 'create', target: 0.95, countBad: countSlower(500) },
  },
  {
    objectiveId: 'create-p99',
    title: 'Creates are fast (p99)',
    goal: '99 % of creates take at most 1 s',
    ...{ series: 'create', target: 0.99, countBad: countSlower(1000) },
  },
  {
    objectiveId: 'create-average',
    title: 'Creates are fast (average)',
    goal: 'For 95 % of creates, the average of their time is at most 300 ms',
    ...{ series: 'create', target: 0.95, countBad: countSlowOnAverage(300) },
  },
  {
    objectiveId: 'create-recovery',
    title: 'Creates recover in time',
    goal: '99.9 % of creates are decided within 15 s, with all their retries',
    ...{ series: 'create', target: 0.999, countBad: countSlower(15_000) },
  },
  {
    objectiveId: 'row-success',
    title: 'Rows of batches do not fail',
    goal: '99.9 % of rows are created, or rejected for what they are',
    ...{ series: 'batch_row', target: 0.999, countBad: countFailed },
  },
  {
    objectiveId: 'row-time',
    title: 'Rows of batches are fast',
    goal: '95 % of rows are committed within 5 s of the start of their chunk, which has up to 500',
    ...{ series: 'batch_row', target: 0.95, countBad: countSlower(5000) },
  },
  {
    objectiveId: 'batch-call-time',
    title: 'Batch calls are fast',
    goal: '95 % of calls with up to 25 rows take at most 1 s',
    ...{ series: 'batch_call', target: 0.95, countBad: countSlower(1000) },
  },
  {
    objectiveId: 'retry-success',
    title: 'Retries succeed',
    goal: '95 % of retried failed items succeed',
    ...{ series: 'retry', target: 0.95, countBad: countUnsuccessful },
  },
  {
    objectiveId: 'audit-written',
    title: 'Audit events are written at once',
    goal: '99.9 % of events are taken by the audit table; the others follow',
    ...{ series: 'audit', target: 0.999, countBad: countFailed },
  },
  {
    objectiveId: 'effect-applied',
    title: 'Counters are applied',
    goal: '99.9 % of counters of courses and instructors are applied at the first try',
    ...{ series: 'effect', target: 0.999, countBad: countFailed },
  },
];
