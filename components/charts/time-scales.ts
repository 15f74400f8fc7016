import { scaleLinear, scaleLog, scaleUtc } from '@visx/scale';
import type { TimeWindow } from '@/components/charts/time-window';

/** Pixels. The left margin is the same everywhere, so that charts below each other have the same time at the same place. */
export const TIME_MARGIN = { top: 6, right: 8, bottom: 18, left: 54 } as const;

export type TimeScales = ReturnType<typeof timeScales>;

/** What the vertical axis shows: from zero, or the logarithm between two amounts above it. */
export type Amounts = { highest: number; lowest?: number; isLog?: boolean };

/** Where moments (ms since 1970) and amounts lie in a chart of this size. */
export function timeScales(
  window: TimeWindow,
  amounts: Amounts,
  { width, height }: { width: number; height: number },
) {
  const time = scaleUtc({
    domain: [new Date(window.fromMs), new Date(window.toMs)],
    range: [TIME_MARGIN.left, Math.max(width - TIME_MARGIN.right, TIME_MARGIN.left)],
  });
  const range = [height - TIME_MARGIN.bottom, TIME_MARGIN.top];
  const { highest, lowest = 0.5, isLog = false } = amounts;
  const amount = isLog
    ? scaleLog({ domain: [lowest, Math.max(highest, lowest * 2)], range, base: 10 })
    : scaleLinear({ domain: [0, highest > 0 ? highest : 1], range, nice: 3 });
  return {
    width,
    height,
    stepMs: window.stepMs,
    x: (atMs: number) => time(new Date(atMs)),
    /** The middle of a slot. */
    middle: (slotMs: number) => time(new Date(slotMs + window.stepMs / 2)),
    momentAt: (x: number) => time.invert(x).getTime(),
    y: (value: number) => amount(value),
    bottom: height - TIME_MARGIN.bottom,
    /** A logarithm has its lines at powers of ten. */
    ticks: (count: number) =>
      isLog ? amount.ticks().filter((value) => Number.isInteger(Math.log10(value))) : amount.ticks(count),
  };
}

const TICK_PIXELS = 84;
const MINUTE_MS = 60_000;
const TICK_STEPS_MS = [
  1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440, 2880, 7200, 10_080, 14_400, 20_160, 43_200,
].map((minutes) => minutes * MINUTE_MS);

/** Round moments of a clock that runs `offsetMs` ahead of UTC, as many as have room. */
export function timeTicks({ fromMs, toMs }: TimeWindow, width: number, offsetMs: number): number[] {
  const room = Math.max(Math.floor((width - TIME_MARGIN.left) / TICK_PIXELS), 2);
  const stepMs = TICK_STEPS_MS.find((ms) => (toMs - fromMs) / ms <= room) ?? (toMs - fromMs) / 2;
  const ticks: number[] = [];
  for (let at = Math.ceil((fromMs + offsetMs) / stepMs) * stepMs - offsetMs; at <= toMs; at += stepMs) {
    ticks.push(at);
  }
  return ticks;
}
