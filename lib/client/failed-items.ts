import {
  focusManager,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query';
import { api, withQuery } from '@/lib/client/api';
import { pageSchema } from '@/lib/shared/api';
import { AppError } from '@/lib/shared/app-error';
import {
  actionAnswerSchema,
  type FailedItem,
  type FailedItemAction,
  type FailedItemFilter,
  failedItemDetailSchema,
  failedItemGroupsSchema,
  failedItemSchema,
  failedItemSummarySchema,
  type PayloadPatch,
} from '@/lib/shared/failed-item';

const itemPageSchema = pageSchema(failedItemSummarySchema);

const PATH = '/api/failed-items';

export const ITEMS_PAGE = 50;

const POLL_MS = { busy: 1500, visible: 5000, hidden: 30_000 } as const;

/** The menu asks less often than the page. */
const TOTAL_POLL_MS = 30_000;

/** How long until failed items are read again (ms): sooner while some of them are being retried, seldom while nobody looks. */
export function failedItemsPollMs(retrying: number): number {
  if (!focusManager.isFocused()) return POLL_MS.hidden;
  return retrying > 0 ? POLL_MS.busy : POLL_MS.visible;
}

const pathOf = (id: string) => `${PATH}/${encodeURIComponent(id)}`;

/** The failed items that match, by cause, with the numbers of the equation; live. */
export const failedItemGroupsQuery = (filter: FailedItemFilter) =>
  queryOptions({
    queryKey: ['failed-items', 'groups', filter],
    queryFn: ({ signal }) => api.get(withQuery(`${PATH}/groups`, filter), failedItemGroupsSchema, signal),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state: { data } }) => failedItemsPollMs(data?.totals.retrying ?? 0),
    refetchIntervalInBackground: true,
  });

/** How many failed items still need somebody; null until it is known. */
export const unresolvedTotalQuery = () =>
  queryOptions({
    queryKey: ['failed-items', 'total'],
    queryFn: ({ signal }) => api.get(`${PATH}/groups`, failedItemGroupsSchema, signal),
    select: ({ totals }) => totals.open + totals.retrying + totals.unknown + totals.snoozed,
    refetchInterval: TOTAL_POLL_MS,
    staleTime: TOTAL_POLL_MS,
  });

export type FailedItemSearch = FailedItemFilter & { order: 'asc' | 'desc'; cursor: string | null };

/** One page of failed items by the time of their first failure; live. */
export const failedItemsQuery = (search: FailedItemSearch) =>
  queryOptions({
    queryKey: ['failed-items', 'list', search],
    queryFn: ({ signal }) =>
      api.get(withQuery(PATH, { ...search, limit: ITEMS_PAGE }), itemPageSchema, signal),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state: { data } }) =>
      failedItemsPollMs(data?.items.filter(({ state }) => state === 'retrying').length ?? 0),
    refetchIntervalInBackground: true,
  });

/** One failed item with its attempts, its payload and what stands under its ID; read again while somebody works on it. */
export const failedItemQuery = (id: string) =>
  queryOptions({
    queryKey: ['failed-items', 'one', id],
    queryFn: ({ signal }) => api.get(pathOf(id), failedItemDetailSchema, signal),
    refetchInterval: ({ state: { data } }) => failedItemsPollMs(data?.state === 'retrying' ? 1 : 0),
  });

/** Where the failed items that match are downloaded, in the columns of their file. */
export const failedItemsFilePath = (filter: FailedItemFilter) => withQuery(`${PATH}/file`, filter);

/** What an action is about: some items by name, or all that match. */
export type ActionTarget = { ids: string[] } | { filter: FailedItemFilter };

/** What an action takes beside its target. */
export type ActionOptions = {
  reason?: string;
  /** Of a snooze: an instant. */
  until?: string;
  /** Of a retry: fields set on every item first. */
  patch?: PayloadPatch;
  itemsPerSecond?: number;
};

export type ActionCall = { action: FailedItemAction; target: ActionTarget; options?: ActionOptions };

/** What an action would do at this moment. */
export const actionPlanQuery = ({ action, target, options }: ActionCall) =>
  queryOptions({
    queryKey: ['failed-item-plans', action, target, options],
    queryFn: async () => {
      const body = { ...target, ...options, dryRun: true };
      const answer = await api.post(`${PATH}/${action}`, body, actionAnswerSchema);
      if (answer.kind !== 'plan') throw new AppError('SYSTEM_ERROR', 'The server answered no plan');
      return answer.plan;
    },
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    // A plan is about this moment: the next question asks again.
    gcTime: 0,
  });

/** Does something to failed items, or answers what it would do; whatever came of it, what is shown is read again. */
export function useFailedItemAction() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ action, target, options }: ActionCall) =>
      api.post(`${PATH}/${action}`, { ...target, ...options }, actionAnswerSchema),
    onSettled: async (answer) => {
      if (answer?.kind === 'batch') void queryClient.invalidateQueries({ queryKey: ['batches'] });
      await queryClient.invalidateQueries({ queryKey: ['failed-items'] });
    },
  });
}

/** The stored item that a refused edit met, where the answer carries one. */
export function currentFailedItem(error: AppError): FailedItem | undefined {
  return failedItemSchema.safeParse(error.current).data;
}

type Edit = { version: number; payload: PayloadPatch };

/** Sends the changed fields of a failed item, made on a version. */
export function useEditFailedItem(id: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (edit: Edit) => api.patch(pathOf(id), edit, failedItemSchema),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['failed-items'] }),
  });
}
