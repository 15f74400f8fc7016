import type { TimeWindow } from '@/components/charts/time-window';
import { STEP_MS, type Step } from '@/lib/shared/metrics';

const HOUR_MS = STEP_MS.hour;
const DAY_MS = STEP_MS.day;

/** The spans that one can choose, each up to now. */
export const RANGES = {
  '15m': { label: '15 min', text: 'the last 15 minutes', spanMs: 15 * STEP_MS.minute },
  '1h': { label: '1 h', text: 'the last hour', spanMs: HOUR_MS },
  '6h': { label: '6 h', text: 'the last 6 hours', spanMs: 6 * HOUR_MS },
  '24h': { label: '24 h', text: 'the last 24 hours', spanMs: DAY_MS },
  '7d': { label: '7 d', text: 'the last 7 days', spanMs: 7 * DAY_MS },
  '30d': { label: '30 d', text: 'the last 30 days', spanMs: 30 * DAY_MS },
} as const;

export const RANGE_NAMES = ['15m', '1h', '6h', '24h', '7d', '30d'] as const satisfies (keyof typeof RANGES)[];

export type RangeName = (typeof RANGE_NAMES)[number];

/** No shorter time is worth looking at. */
const SHORTEST_MS = 5 * STEP_MS.minute;
const LONGEST_MS = 730 * DAY_MS;

/** How long minutes and hours are kept. */
const KEPT_MS = { minute: 8 * DAY_MS, hour: 100 * DAY_MS } as const;

/** As many slots as a chart can show apart. */
const MAX_SLOTS = 240;

const SLOT_STEPS: Record<Step, readonly number[]> = {
  minute: [1, 2, 5, 10].map((minutes) => minutes * STEP_MS.minute),
  hour: [1, 3, 6, 12, 24].map((hours) => hours * HOUR_MS),
  day: [1, 2, 7].map((days) => days * DAY_MS),
};

/** The step in which a time is read: minutes for a day, as long as they are kept, then hours, then days. */
export function stepFor(spanMs: number, ageMs: number): Step {
  if (spanMs <= DAY_MS && ageMs <= KEPT_MS.minute) return 'minute';
  return spanMs <= 60 * DAY_MS && ageMs <= KEPT_MS.hour ? 'hour' : 'day';
}

/** The slots in which a time of this step is drawn, so that there are neither too many nor parts of one. */
export function windowOf({ fromMs, toMs, step }: { fromMs: number; toMs: number; step: Step }): TimeWindow {
  const steps = SLOT_STEPS[step];
  const stepMs = steps.find((ms) => (toMs - fromMs) / ms <= MAX_SLOTS) ?? steps.at(-1) ?? STEP_MS[step];
  return { fromMs: Math.floor(fromMs / stepMs) * stepMs, toMs: Math.ceil(toMs / stepMs) * stepMs, stepMs };
}

/** A time as one may ask for it: not too short, not too long, not after now. */
export function allowedRange({ fromMs, toMs }: { fromMs: number; toMs: number }, nowMs: number) {
  const spanMs = Math.min(Math.max(toMs - fromMs, SHORTEST_MS), LONGEST_MS);
  const endMs = Math.min((fromMs + toMs + spanMs) / 2, nowMs);
  return { fromMs: Math.round(endMs - spanMs), toMs: Math.round(endMs) };
}
