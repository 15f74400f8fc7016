import { countText, spanText } from '@/lib/server/objectives/wording';
import { type Batch, RATE_POINT_SECONDS, type RatePoint } from '@/lib/shared/batch';
import type { Forecast } from '@/lib/shared/objective';

/** How far back the speed of a batch is looked at: long enough to be calm, short enough to follow. */
export const SPEED_MS = 300_000;

const WIDTH_MS = RATE_POINT_SECONDS * 1000;

/** Fewer intervals say too little. */
const MIN_INTERVALS = 3;

type Running = Pick<Batch, 'batchId' | 'fileName' | 'waiting' | 'startedAt'>;

/**
 * When a running batch will have ended: its waiting rows at the median of its speed, with a range by the quartiles. Intervals in
 * which nothing ended count, the one that still runs does not.
 */
export function forecastBatchEnd(batch: Running, points: readonly RatePoint[], nowMs: number): Forecast {
  const speeds = speedsOf(batch, points, nowMs);
  const common = { forecastId: `batch-${batch.batchId}`, kind: 'batch', isBad: false } as const;
  const evidence = [{ label: 'Rows left', value: countText(batch.waiting) }];
  const title = `${batch.fileName} ends`;
  if (speeds.length < MIN_INTERVALS) {
    const sentence = 'Too early to say: its speed is known after half a minute.';
    return { ...common, title, sentence, ...NEVER, evidence, batchId: batch.batchId };
  }
  const [slow, usual, fast] = [quantile(speeds, 0.25), quantile(speeds, 0.5), quantile(speeds, 0.75)];
  const msLeft = (speed: number) => (speed > 0 ? (batch.waiting / speed) * 1000 : null);
  return {
    ...common,
    title,
    sentence: endText(msLeft(fast), msLeft(usual), msLeft(slow)),
    at: instantIn(msLeft(usual), nowMs),
    earliest: instantIn(msLeft(fast), nowMs),
    latest: instantIn(msLeft(slow), nowMs),
    evidence: [
      ...evidence,
      { label: 'Rows a second (median)', value: countText(usual) },
      { label: 'Rows a second (middle half)', value: `${countText(slow)} to ${countText(fast)}` },
      { label: 'Intervals looked at', value: countText(speeds.length) },
    ],
    batchId: batch.batchId,
  };
}

const NEVER = { at: null, earliest: null, latest: null };

/** Rows a second of each whole interval of the last minutes, sorted; the one in which the batch began is not whole. */
function speedsOf({ startedAt }: Running, points: readonly RatePoint[], nowMs: number): number[] {
  const ended = new Map(points.map(({ from, ended: rows }) => [Date.parse(from), rows]));
  const beganMs = Math.max(startedAt ? Date.parse(startedAt) : nowMs, nowMs - SPEED_MS);
  const speeds: number[] = [];
  for (
    let fromMs = Math.ceil(beganMs / WIDTH_MS) * WIDTH_MS;
    fromMs + WIDTH_MS <= nowMs;
    fromMs += WIDTH_MS
  ) {
    speeds.push((ended.get(fromMs) ?? 0) / RATE_POINT_SECONDS);
  }
  return speeds.sort((a, b) => a - b);
}

/** @param sorted at least one */
function quantile(sorted: readonly number[], share: number): number {
  const place = (sorted.length - 1) * share;
  const [below, above] = [sorted[Math.floor(place)] ?? 0, sorted[Math.ceil(place)] ?? 0];
  return below + (above - below) * (place - Math.floor(place));
}

function endText(earliest: number | null, usual: number | null, latest: number | null): string {
  if (usual === null) return 'It stands still: nothing ended in most of the last minutes.';
  const from = earliest === null ? '' : `${spanText(earliest)} to `;
  return `In about ${spanText(usual)} at its present speed (${from}${latest === null ? 'open' : spanText(latest)}).`;
}

function instantIn(ms: number | null, nowMs: number): string | null {
  return ms === null ? null : new Date(nowMs + ms).toISOString();
}
