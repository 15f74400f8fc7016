import { ratePart } from '@/lib/server/batches/batch-item';
import { queryParts } from '@/lib/server/batches/query-parts';
import { toRatePoint } from '@/lib/server/batches/read/list-rate-points';
import { readBatchItem } from '@/lib/server/batches/read-batch';
import { findActiveBatches } from '@/lib/server/batches/worker/find-active-batches';
import { SPEED_MS } from '@/lib/server/objectives/forecasts/forecast-batch-end';
import type { Batch, RatePoint } from '@/lib/shared/batch';

/** More are not forecast one by one. */
const MOST = 10;

/**
 * The batches that run now, oldest first, each with how fast it went in the last minutes.
 * @throws what DynamoDB answered
 */
export async function runningBatches(
  nowMs: number,
  requestId: string,
): Promise<{ batch: Batch; points: RatePoint[] }[]> {
  const active = await findActiveBatches();
  const batches = await Promise.all(
    active.slice(0, MOST).map((batchId) => readBatchItem(batchId, requestId)),
  );
  return Promise.all(
    batches
      .filter(({ state }) => state === 'running')
      .map(async (batch) => ({ batch, points: await lastPoints(batch.batchId, nowMs, requestId) })),
  );
}

async function lastPoints(batchId: string, nowMs: number, requestId: string): Promise<RatePoint[]> {
  const first = ratePart(Math.floor((nowMs - SPEED_MS) / 1000));
  const last = ratePart(Math.ceil(nowMs / 1000));
  const points: RatePoint[] = [];
  for await (const item of queryParts({ batchId, first, last }, requestId)) points.push(toRatePoint(item));
  return points;
}
