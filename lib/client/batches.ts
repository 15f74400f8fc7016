import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query';
import * as z from 'zod';
import { api, withQuery } from '@/lib/client/api';
import { isActive, pollMs } from '@/lib/client/batch-polling';
import { pageSchema } from '@/lib/shared/api';
import { batchEventSchema } from '@/lib/shared/audit-event';
import {
  type Batch,
  type BatchState,
  batchDetailSchema,
  batchSchema,
  courseResultSchema,
  failedRowSchema,
  isFinal,
  keptRowSchema,
  previewSchema,
  ratePointSchema,
  type TargetOutcome,
  targetResultSchema,
} from '@/lib/shared/batch';

const batchPageSchema = pageSchema(batchSchema);
const historyPageSchema = pageSchema(batchEventSchema);
const failedPageSchema = pageSchema(failedRowSchema);
const keptPageSchema = pageSchema(keptRowSchema);
const targetResultPageSchema = pageSchema(targetResultSchema);
const ratesSchema = z.object({ items: z.array(ratePointSchema) });
const courseResultsSchema = z.object({ items: z.array(courseResultSchema) });

/** The parts of a page that follow a running batch at a distance. */
const PARTS_POLL_MS = 5000;

const LIST_PAGE = 20;
const ROWS_PAGE = 20;

/** What a person can do with a batch. */
export type BatchVerb = 'start' | 'pause' | 'resume' | 'cancel' | 'undo';

/** A batch and its state: a part of its page is read again as soon as the state is another one. */
type Subject = Pick<Batch, 'batchId' | 'state'>;

const pathOf = (batchId: string) => `/api/batches/${encodeURIComponent(batchId)}`;

/** Where the rows that were not created are downloaded. */
export const rejectedRowsPath = (batchId: string) => `${pathOf(batchId)}/rejected.csv`;

/** One page of batches, newest first; read again only while one on the page is at work. */
export const batchesQuery = (search: { state: BatchState | null; cursor: string | null }) =>
  queryOptions({
    queryKey: ['batches', 'list', search],
    queryFn: ({ signal }) =>
      api.get(withQuery('/api/batches', { ...search, limit: LIST_PAGE }), batchPageSchema, signal),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state: { data } }) => {
      const active = data?.items.map(({ state }) => state).filter(isActive) ?? [];
      return pollMs(active);
    },
    refetchIntervalInBackground: true,
  });

/** One batch with its numbers and rates: every second while it works and somebody looks, never once it has ended. */
export const batchQuery = (batchId: string) =>
  queryOptions({
    queryKey: ['batches', 'one', batchId],
    queryFn: ({ signal }) => api.get(pathOf(batchId), batchDetailSchema, signal),
    refetchInterval: ({ state: { data } }) => (data ? pollMs([data.state]) : false),
    refetchIntervalInBackground: true,
    refetchOnWindowFocus: ({ state: { data } }) => (data && isFinal(data.state) ? false : 'always'),
  });

/** What an accepted file holds; does not change afterwards. */
export const previewQuery = (batchId: string) =>
  queryOptions({
    queryKey: ['batches', 'one', batchId, 'preview'],
    queryFn: ({ signal }) => api.get(`${pathOf(batchId)}/preview`, previewSchema, signal),
    staleTime: Number.POSITIVE_INFINITY,
  });

/** The speed of the run over its time. */
export const ratesQuery = ({ batchId, state }: Subject) =>
  queryOptions({
    queryKey: ['batches', 'one', batchId, 'rates', state],
    queryFn: ({ signal }) => api.get(`${pathOf(batchId)}/rates`, ratesSchema, signal),
    placeholderData: keepPreviousData,
    refetchInterval: isActive(state) ? PARTS_POLL_MS : false,
  });

/** What became of the rows, course by course. */
export const courseResultsQuery = ({ batchId, state }: Subject) =>
  queryOptions({
    queryKey: ['batches', 'one', batchId, 'courses', state],
    queryFn: ({ signal }) => api.get(`${pathOf(batchId)}/courses`, courseResultsSchema, signal),
    placeholderData: keepPreviousData,
    refetchInterval: isActive(state) ? PARTS_POLL_MS : false,
  });

/** One page of the rows that could not be written. */
export const failedRowsQuery = ({ batchId, state }: Subject, cursor: string) =>
  queryOptions({
    queryKey: ['batches', 'one', batchId, 'failed', state, cursor],
    queryFn: ({ signal }) =>
      api.get(
        withQuery(`${pathOf(batchId)}/failed-items`, { cursor, limit: ROWS_PAGE }),
        failedPageSchema,
        signal,
      ),
    placeholderData: keepPreviousData,
    refetchInterval: isActive(state) ? PARTS_POLL_MS : false,
  });

/** One page of the rows that an undo left as they are. */
export const keptRowsQuery = ({ batchId, state }: Subject, cursor: string) =>
  queryOptions({
    queryKey: ['batches', 'one', batchId, 'kept', state, cursor],
    queryFn: ({ signal }) =>
      api.get(withQuery(`${pathOf(batchId)}/kept`, { cursor, limit: ROWS_PAGE }), keptPageSchema, signal),
    placeholderData: keepPreviousData,
    refetchInterval: isActive(state) ? PARTS_POLL_MS : false,
  });

/** One page of what came of the targets of a bulk batch; of all outcomes, or of one. */
export const targetResultsQuery = (
  { batchId, state }: Subject,
  search: { outcome: TargetOutcome | null; cursor: string },
) =>
  queryOptions({
    queryKey: ['batches', 'one', batchId, 'results', state, search],
    queryFn: ({ signal }) =>
      api.get(
        withQuery(`${pathOf(batchId)}/results`, { ...search, limit: ROWS_PAGE }),
        targetResultPageSchema,
        signal,
      ),
    placeholderData: keepPreviousData,
    refetchInterval: isActive(state) ? PARTS_POLL_MS : false,
  });

/** Who did what with a batch, newest first, page by page. */
export const batchHistoryQuery = ({ batchId, state }: Subject) =>
  infiniteQueryOptions({
    queryKey: ['batches', 'one', batchId, 'history', state],
    queryFn: ({ signal, pageParam }) =>
      api.get(withQuery(`${pathOf(batchId)}/history`, { cursor: pageParam }), historyPageSchema, signal),
    initialPageParam: '',
    getNextPageParam: ({ cursor }) => cursor,
    placeholderData: keepPreviousData,
  });

/**
 * Starts, pauses, resumes, cancels or undoes a batch; whatever came of it, the batch is read again.
 * @param onDone called even where the button that was pressed is gone by then, which it is as soon as the state changes
 */
export function useBatchAction(batchId: string, verb: BatchVerb, onDone?: (batch: Batch) => void) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => api.post(`${pathOf(batchId)}/${verb}`, {}, batchSchema),
    onSuccess: (batch) => onDone?.(batch),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['batches'] }),
  });
}
