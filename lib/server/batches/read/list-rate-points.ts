import * as z from 'zod';
import { RATE_PREFIX, ratePart } from '@/lib/server/batches/batch-item';
import { queryParts } from '@/lib/server/batches/query-parts';
import { readBatchItem } from '@/lib/server/batches/read-batch';
import { RATE_POINT_SECONDS, type RatePoint } from '@/lib/shared/batch';

/** A chart shows no more: of a longer run, neighbours are added up. */
const MOST_POINTS = 360;

const storedPointSchema = z.object({
  part: z.string(),
  ended: z.int(),
  failed: z.int(),
  sent: z.int(),
  throttled: z.int(),
});

/** Parses a stored interval of a run. */
export function toRatePoint(item: Record<string, unknown>): RatePoint {
  const { part, ...numbers } = storedPointSchema.parse(item);
  return {
    from: new Date(Number(part.slice(RATE_PREFIX.length)) * 1000).toISOString(),
    seconds: RATE_POINT_SECONDS,
    ...numbers,
  };
}

/**
 * How a batch went over time, from its start on. Intervals in which nothing ended are left out.
 * @throws {AppError} NOT_FOUND, or what DynamoDB answered
 */
export async function listRatePoints(batchId: string, requestId: string): Promise<RatePoint[]> {
  await readBatchItem(batchId, requestId);
  const points: RatePoint[] = [];
  for await (const item of queryParts({ batchId, first: ratePart(0), last: `${RATE_PREFIX}~` }, requestId)) {
    points.push(toRatePoint(item));
  }
  return thinned(points);
}

function thinned(points: RatePoint[]): RatePoint[] {
  const [first, last] = [points.at(0), points.at(-1)];
  if (!first || !last) return [];
  const startMs = Date.parse(first.from);
  const intervals = (Date.parse(last.from) - startMs) / 1000 / RATE_POINT_SECONDS + 1;
  const seconds = RATE_POINT_SECONDS * Math.ceil(intervals / MOST_POINTS);
  const items = new Map<number, RatePoint>();
  for (const point of points) {
    const place = Math.floor((Date.parse(point.from) - startMs) / 1000 / seconds);
    const from = new Date(startMs + place * seconds * 1000).toISOString();
    const before = items.get(place) ?? { from, seconds, ended: 0, failed: 0, sent: 0, throttled: 0 };
    items.set(place, {
      ...before,
      ended: before.ended + point.ended,
      failed: before.failed + point.failed,
      sent: before.sent + point.sent,
      throttled: before.throttled + point.throttled,
    });
  }
  return [...items.values()];
}
