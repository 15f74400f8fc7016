import { formatCount } from '@/components/ui/number-format';
import type { MetricPoint } from '@/lib/shared/metrics';

export const failuresOf = ({ count, outcomes }: MetricPoint) => count - (outcomes.success ?? 0);

/** Codes of all failures in these points, the most frequent first. */
export function codesOf(points: readonly MetricPoint[]): string[] {
  return namesOf(points.map(({ outcomes: { success: _, ...failures } }) => failures));
}

/** "Reason resource" of all refusals for throughput, the most frequent first. */
export const throttleNamesOf = (points: readonly MetricPoint[]) =>
  namesOf(points.map(({ throttles }) => throttles));

function namesOf(counts: readonly Record<string, number>[]): string[] {
  const totals = new Map<string, number>();
  for (const one of counts) {
    for (const [name, count] of Object.entries(one)) totals.set(name, (totals.get(name) ?? 0) + count);
  }
  return [...totals]
    .filter(([, total]) => total > 0)
    .sort(([nameA, a], [nameB, b]) => b - a || nameA.localeCompare(nameB))
    .map(([name]) => name);
}

/** A duration as people read it, in three digits: "0.5 ms", "34 ms", "1.2 s", "2.5 min". */
export function formatMs(ms: number): string {
  if (ms < 10) return `${trimmed(ms)}\u00a0ms`;
  if (ms < 1000) return `${Math.round(ms)}\u00a0ms`;
  if (ms < 60_000) return `${trimmed(ms / 1000)}\u00a0s`;
  return `${trimmed(ms / 60_000)}\u00a0min`;
}

const trimmed = (amount: number) => String(Number(amount.toFixed(1)));

/** A share of something; null where there was nothing. */
export const shareOf = (part: number, whole: number) => (whole === 0 ? null : part / whole);

/** One point in words: "120, of these 2 failed; p95 34 ms". */
export function pointText(point: MetricPoint): string {
  if (point.state === 'silent') return 'no report';
  const failures = failuresOf(point);
  const parts = [
    formatCount(point.count) + (point.state === 'partial' ? ' so far' : ''),
    failures > 0 && `of these ${formatCount(failures)} failed`,
  ].filter(Boolean);
  return point.p95 === null ? parts.join(', ') : `${parts.join(', ')}; p95 ${formatMs(point.p95)}`;
}

/** The percentiles of a point in words. */
export function durationText({ p50, p95, p99 }: MetricPoint): string {
  if (p50 === null || p95 === null || p99 === null) return 'nothing measured';
  return `p50 ${formatMs(p50)}, p95 ${formatMs(p95)}, p99 ${formatMs(p99)}`;
}

/** The codes of a point in words. */
export function failureText(point: MetricPoint): string {
  const codes = codesOf([point]);
  if (codes.length === 0) return 'no failure';
  return codes.map((code) => `${code} ${formatCount(point.outcomes[code] ?? 0)}`).join(', ');
}

/** What a text says of a point, where something is known of it. */
export function knownText(point: MetricPoint | undefined, text: (point: MetricPoint) => string): string {
  return point && point.state !== 'silent' ? text(point) : 'no report';
}
