import * as z from 'zod';
import { type Counts, toCounts } from '@/lib/server/metrics/counts';
import { seriesLane } from '@/lib/server/metrics/metric-lane';
import { queryLanes, type Span } from '@/lib/server/metrics/query-lanes';
import type { Series } from '@/lib/shared/metrics';

/** What the roll-up knew of an hour or a day when it added it up. */
const rolledSchema = z.object({
  state: z.enum(['complete', 'partial', 'silent']),
  instances: z.number(),
  rolledMs: z.number(),
});

export type StoredPoint = { atMs: number; counts: Counts; rolled: z.infer<typeof rolledSchema> | undefined };

/**
 * The stored points of a series, by their first millisecond. Where nothing was counted in a minute it has none.
 * @throws {AppError} what DynamoDB answered
 */
export async function readPoints(
  series: Series,
  span: Span,
  requestId: string,
): Promise<Map<number, StoredPoint>> {
  const items = await queryLanes((atMs) => seriesLane(series, span.step, atMs), span, requestId);
  return new Map(
    items.map((item) => {
      const atMs = Date.parse(String(item.itemKey));
      const rolled = rolledSchema.safeParse(item).data;
      return [atMs, { atMs, counts: toCounts(item), rolled }];
    }),
  );
}
