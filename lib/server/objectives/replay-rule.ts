import type { MetricHistory } from '@/lib/server/objectives/metric-history';
import { readRange } from '@/lib/server/objectives/read-history';
import { firingsOf, replayStates } from '@/lib/server/objectives/replay-states';
import { RULES } from '@/lib/server/objectives/rules/all-rules';
import type { Rule } from '@/lib/server/objectives/rules/rule';
import { AppError } from '@/lib/shared/app-error';
import { type Metrics, STEP_MS } from '@/lib/shared/metrics';
import { REPLAY_DAYS, type Replay, type ReplayQuery } from '@/lib/shared/objective';

/** So far before the range, minutes are read as well: the longest window that hours would be too coarse for. */
const MINUTES_BEFORE_MS = 6 * STEP_MS.hour;

/**
 * Asks a rule of every minute, or hour, of a past time: when it would have fired. Nothing is stored and nobody is told.
 * @throws {AppError} NOT_FOUND for an unknown rule, VALIDATION_ERROR for a time that is too long, or what DynamoDB answered
 */
export async function replayRule(
  ruleId: string,
  { from, to }: ReplayQuery,
  requestId: string,
): Promise<Replay> {
  const rule = RULES.find((one) => one.ruleId === ruleId);
  if (!rule) throw new AppError('NOT_FOUND', `There is no rule "${ruleId}"`);
  const stepMs = STEP_MS[rule.step];
  const steps = {
    fromMs: ceil(Date.parse(from), stepMs),
    toMs: Math.min(Date.parse(to), Date.now()),
    stepMs,
  };
  requireSpan(rule, steps);
  const history = await readPast(rule, steps, requestId);
  const changes = replayStates(rule.prepare(history), steps, rule);
  return {
    ...{ ruleId, title: rule.title, stepMs, from: iso(steps.fromMs), to: iso(steps.toMs) },
    changes: changes.map(({ atMs, ...change }) => ({ at: iso(atMs), ...change })),
    firings: firingsOf(changes),
  };
}

function requireSpan({ step }: Rule, { fromMs, toMs }: { fromMs: number; toMs: number }): void {
  const message =
    fromMs >= toMs
      ? `Choose a time in the past that has at least one ${step}`
      : `Choose at most ${REPLAY_DAYS[step]} days: this rule is asked of every ${step}`;
  if (fromMs < toMs && toMs - fromMs <= REPLAY_DAYS[step] * STEP_MS.day) return;
  throw new AppError('VALIDATION_ERROR', message, { fields: [{ field: 'from', message }] });
}

/** One read for each series: together they would be more than one answer holds. */
async function readPast(
  { needs, step, leadMs }: Rule,
  { fromMs, toMs }: { fromMs: number; toMs: number },
  requestId: string,
): Promise<MetricHistory> {
  const minutesFrom = step === 'minute' ? fromMs - Math.min(leadMs, MINUTES_BEFORE_MS) : toMs;
  const hoursFrom = fromMs - leadMs;
  const [minutes, hours] = await Promise.all([
    minutesFrom < toMs ? readSeries('minute', { fromMs: minutesFrom, toMs }) : [],
    hoursFrom < minutesFrom ? readSeries('hour', { fromMs: hoursFrom, toMs: minutesFrom }) : [],
  ]);
  return { minutes: together(minutes), hours: together(hours), gauges: minutes[0]?.gauges ?? [] };

  function readSeries(width: 'minute' | 'hour', span: { fromMs: number; toMs: number }) {
    return Promise.all(needs.map((series) => readRange(width, { ...span, series: [series] }, requestId)));
  }
}

function together(parts: readonly Pick<Metrics, 'series'>[]): Metrics['series'] {
  return Object.assign({}, ...parts.map(({ series }) => series));
}

const ceil = (atMs: number, stepMs: number) => Math.ceil(atMs / stepMs) * stepMs;
const iso = (atMs: number) => new Date(atMs).toISOString();
