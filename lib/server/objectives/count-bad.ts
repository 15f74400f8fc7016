import type { ErrorCode } from '@/lib/shared/app-error';
import { bucketMiddle, bucketOf } from '@/lib/shared/histogram';
import type { MetricPoint } from '@/lib/shared/metrics';

type BadCount = (point: MetricPoint) => number;

/** Codes that are ours to answer for; wrong input, missing rights and taken IDs are not. */
const OWN_FAULTS = [
  'THROTTLING',
  'RESOURCE_NOT_FOUND',
  'ACCESS_DENIED',
  'SYSTEM_ERROR',
] as const satisfies ErrorCode[];

/** Events that failed through our fault. */
export const countFailed: BadCount = ({ outcomes }) =>
  OWN_FAULTS.reduce((sum, code) => sum + (outcomes[code] ?? 0), 0);

/** The code of our own that failed most often, such as "THROTTLING"; undefined where none did. */
export function mainFault(points: readonly MetricPoint[]): ErrorCode | undefined {
  const counts = OWN_FAULTS.map((code) => ({
    code,
    count: points.reduce((sum, { outcomes }) => sum + (outcomes[code] ?? 0), 0),
  }));
  return counts.filter(({ count }) => count > 0).sort((a, b) => b.count - a.count)[0]?.code;
}

/** Events that did not succeed, whoever's fault it was. */
export const countUnsuccessful: BadCount = ({ count, outcomes }) => count - (outcomes.success ?? 0);

/** Events that took longer than this. The limit is the bound of a bucket that lies nearest, at most 9 % away. */
export function countSlower(limitMs: number): BadCount {
  const bucket = bucketOf(limitMs);
  const first = limitMs > bucketMiddle(bucket) ? bucket + 1 : bucket;
  return ({ buckets }) =>
    Object.entries(buckets).reduce((sum, [place, count]) => (Number(place) >= first ? sum + count : sum), 0);
}

/** All events of a point whose average duration was longer than this, none of another. */
export function countSlowOnAverage(limitMs: number): BadCount {
  return ({ buckets, count }) => {
    const average = averageMs(buckets);
    return average !== null && average > limitMs ? count : 0;
  };
}

/** The average duration in milliseconds, from the middles of the buckets; null where there are none. */
export function averageMs(buckets: MetricPoint['buckets']): number | null {
  const counts = Object.entries(buckets);
  const total = counts.reduce((sum, [, count]) => sum + count, 0);
  if (total === 0) return null;
  return counts.reduce((sum, [bucket, count]) => sum + bucketMiddle(Number(bucket)) * count, 0) / total;
}
