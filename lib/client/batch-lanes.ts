import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, withQuery } from '@/lib/client/api';
import { pageSchema } from '@/lib/shared/api';
import { type Batch, batchSchema, isFinal } from '@/lib/shared/batch';

const POLL_MS = 5000;
const PAGE = 100;

/** Batches older than those on so many pages are left out. */
const MOST_PAGES = 3;

const pageOfBatches = pageSchema(batchSchema);

/** A batch on its way through time; `toMs` is null while it goes on. */
export type BatchLane = Pick<Batch, 'batchId' | 'fileName' | 'kind' | 'state' | 'rows' | 'failed'> & {
  fromMs: number;
  toMs: number | null;
};

/** Batches that ran in a time, newest first. */
export const batchLanesQuery = ({
  fromMs,
  toMs,
  isLive,
}: {
  fromMs: number;
  toMs: number;
  isLive: boolean;
}) =>
  queryOptions({
    queryKey: ['batches', 'lanes', fromMs, isLive ? 'now' : toMs],
    queryFn: async ({ signal }) => {
      const lanes: BatchLane[] = [];
      let cursor: string | null = null;
      for (let page = 0; page < MOST_PAGES; page++) {
        const answer: { items: Batch[]; cursor: string | null } = await api.get(
          withQuery('/api/batches', { cursor, limit: PAGE }),
          pageOfBatches,
          signal,
        );
        lanes.push(...answer.items.map(laneOf).filter((lane) => runsIn(lane, fromMs, toMs)));
        cursor = answer.cursor;
        const oldest = answer.items.at(-1);
        if (!cursor || !oldest || Date.parse(oldest.createdAt) < fromMs) break;
      }
      return lanes;
    },
    placeholderData: keepPreviousData,
    refetchInterval: isLive ? POLL_MS : false,
  });

function laneOf(batch: Batch): BatchLane {
  const { batchId, fileName, kind, state, rows, failed, createdAt, startedAt, finishedAt, updatedAt } = batch;
  const endedAt = isFinal(state) ? (finishedAt ?? updatedAt) : null;
  return {
    ...{ batchId, fileName, kind, state, rows, failed },
    fromMs: Date.parse(startedAt ?? createdAt),
    toMs: endedAt === null ? null : Date.parse(endedAt),
  };
}

const runsIn = (lane: BatchLane, fromMs: number, toMs: number) =>
  lane.fromMs < toMs && (lane.toMs ?? Number.POSITIVE_INFINITY) >= fromMs;
