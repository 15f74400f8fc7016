import {
  focusManager,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query';
import { api, withQuery } from '@/lib/client/api';
import {
  checkRunDetailSchema,
  checkRunSchema,
  checkRunsSchema,
  type RepairRequest,
  repairAnswerSchema,
} from '@/lib/shared/consistency';

const PATH = '/api/consistency';

/** How often a check at work is read again, and how often one looks whether another has begun. */
const POLL_MS = { running: 1000, idle: 15_000 } as const;

const DIFFERENCES_PAGE = 20;

const pathOf = (runId: string) => `${PATH}/${encodeURIComponent(runId)}`;

const pollMs = (isRunning: boolean) => {
  const ms = isRunning ? POLL_MS.running : POLL_MS.idle;
  return focusManager.isFocused() ? ms : ms * 10;
};

/** The latest checks, newest first. */
export const checkRunsQuery = () =>
  queryOptions({
    queryKey: ['consistency', 'runs'],
    queryFn: ({ signal }) => api.get(PATH, checkRunsSchema, signal),
    refetchInterval: ({ state: { data } }) => pollMs(data?.runs[0]?.state === 'running'),
  });

/** One check: every second while it is at work, and not by itself once it has ended. */
export const checkRunQuery = (runId: string, cursor: string) =>
  queryOptions({
    queryKey: ['consistency', 'run', runId, cursor],
    queryFn: ({ signal }) =>
      api.get(withQuery(pathOf(runId), { cursor, limit: DIFFERENCES_PAGE }), checkRunDetailSchema, signal),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state: { data } }) => (data?.run.state === 'done' ? false : pollMs(true)),
  });

/** Begins a check; where one is at work already, that one is answered. */
export function useStartCheck() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => api.post(PATH, {}, checkRunSchema),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['consistency'] }),
  });
}

/** What a repair would do at this moment; nothing is changed. */
export function useRepairPreview(runId: string) {
  return useMutation({
    mutationFn: (request: Omit<RepairRequest, 'dryRun'>) =>
      api.post(`${pathOf(runId)}/repair`, { ...request, dryRun: true }, repairAnswerSchema),
  });
}

/** Repairs; whatever came of it, the check is read again. */
export function useRepair(runId: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (request: Omit<RepairRequest, 'dryRun'>) =>
      api.post(`${pathOf(runId)}/repair`, { ...request, dryRun: false }, repairAnswerSchema),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['consistency'] }),
  });
}
