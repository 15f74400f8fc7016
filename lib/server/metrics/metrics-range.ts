import { KEPT_DAYS, stepStart } from '@/lib/server/metrics/metric-lane';
import { AppError } from '@/lib/shared/app-error';
import { type MetricsQuery, SERIES, type Series, STEP_MS, type Step } from '@/lib/shared/metrics';

/** What is asked for unless anything is. */
const USUAL_SPAN_MS = STEP_MS.hour;

/** The longest span that is shown in minutes, and in hours, unless a width is asked for. */
const LONGEST_MS = { minute: 6 * STEP_MS.hour, hour: 35 * STEP_MS.day };

/** Points of all series together in one answer: a day of minutes of all series. */
const MOST_POINTS = 12_000;

export type MetricsRange = {
  series: readonly Series[];
  step: Step;
  fromMs: number;
  lastMs: number;
  toMs: number;
};

/**
 * What a query asks for: whole steps from that of its beginning to that of its end, none of which lies in the future.
 * @throws {AppError} VALIDATION_ERROR where it ends before it begins, or asks for more points than one answer holds
 */
export function rangeOf(query: MetricsQuery, nowMs: number): MetricsRange {
  const toMs = Math.min(query.to === undefined ? nowMs : Date.parse(query.to), nowMs);
  const fromMs = query.from === undefined ? toMs - USUAL_SPAN_MS : Date.parse(query.from);
  if (fromMs >= toMs) throw refused('from', 'Begin before the end, and not in the future', query.from);
  const step = query.step ?? stepFor(fromMs, toMs, nowMs);
  const series = query.series ?? SERIES;
  const firstMs = stepStart(fromMs, step);
  // The end itself is not part of the range.
  const lastMs = stepStart(toMs - 1, step);
  const steps = (lastMs - firstMs) / STEP_MS[step] + 1;
  if (steps * series.length > MOST_POINTS) {
    const most = Math.floor(MOST_POINTS / series.length);
    const message = `${steps} points of ${series.length} series are too many: ask for at most ${most} steps of each, or for a wider step than ${step}`;
    throw refused('step', message, query.step);
  }
  return { series, step, fromMs: firstMs, lastMs, toMs: lastMs + STEP_MS[step] };
}

function stepFor(fromMs: number, toMs: number, nowMs: number): Step {
  const spanMs = toMs - fromMs;
  const isKept = (step: Step) => nowMs - fromMs <= KEPT_DAYS[step] * STEP_MS.day;
  if (spanMs <= LONGEST_MS.minute && isKept('minute')) return 'minute';
  return spanMs <= LONGEST_MS.hour && isKept('hour') ? 'hour' : 'day';
}

function refused(field: string, message: string, value: string | undefined): AppError {
  return new AppError('VALIDATION_ERROR', message, {
    fields: [{ field, message, ...(value === undefined ? {} : { value }) }],
  });
}
