import type { EventLog } from '@/lib/server/objectives/event-log';
import type { Burn, Severity } from '@/lib/shared/objective';

type Window = { severity: Severity; factor: number; longMs: number; shortMs: number };

const MINUTE = 60_000;
const HOUR = 3_600_000;
const DAY = 86_400_000;

/** Source: The Site Reliability Workbook, "Alerting on SLOs", multiwindow, multi-burn-rate alerts; for 28 days as for its 30. */
export const BURN_WINDOWS: readonly Window[] = [
  { severity: 'page', factor: 14.4, longMs: HOUR, shortMs: 5 * MINUTE },
  { severity: 'page', factor: 6, longMs: 6 * HOUR, shortMs: 30 * MINUTE },
  { severity: 'ticket', factor: 3, longMs: DAY, shortMs: 2 * HOUR },
  { severity: 'ticket', factor: 1, longMs: 3 * DAY, shortMs: 6 * HOUR },
];

/** Fewer bad events than this wake nobody: one unlucky event of a quiet night is no trend. */
export const MIN_BAD = 5;

const MIN_EVENTS = 10;

/**
 * How many events a long window needs before anything can be said: at the burn rate that matters, at least one of them would be bad.
 */
export function eventsNeeded(target: number, factor: number): number {
  // Rounded first, so that what a share of decimals leaves over does not ask for one more.
  return Math.max(Math.ceil(Number((1 / ((1 - target) * factor)).toFixed(6))), MIN_EVENTS);
}

/** Burn rates of all windows at a moment, slowest last. */
export function burnRates(log: EventLog, target: number, nowMs: number): Burn[] {
  return BURN_WINDOWS.map((window) => {
    const long = log.within(nowMs - window.longMs, nowMs);
    const short = log.within(nowMs - window.shortMs, nowMs);
    const [longRate, shortRate] = [burnRate(long, target), burnRate(short, target)];
    const isKnown = long.total >= eventsNeeded(target, window.factor) || long.bad >= MIN_BAD;
    const isFast = (longRate ?? 0) >= window.factor && (shortRate ?? 0) >= window.factor;
    return { ...window, longRate, shortRate, isKnown, isBurning: isKnown && isFast && long.bad >= MIN_BAD };
  });
}

/** How many times too fast a budget is spent; null without events. */
export function burnRate({ total, bad }: { total: number; bad: number }, target: number): number | null {
  return total === 0 ? null : bad / total / (1 - target);
}
