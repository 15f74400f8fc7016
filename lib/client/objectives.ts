import { focusManager, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, withQuery } from '@/lib/client/api';
import { objectivesSchema, type ReplayQuery, replaySchema } from '@/lib/shared/objective';

const PATH = '/api/objectives';

const POLL_MS = { seen: 3000, unseen: 30_000 } as const;

/** Objectives, bands, forecasts and what every rule says; live. */
export const objectivesQuery = () =>
  queryOptions({
    queryKey: ['objectives'],
    queryFn: ({ signal }) => api.get(PATH, objectivesSchema, signal),
    refetchInterval: () => (focusManager.isFocused() ? POLL_MS.seen : POLL_MS.unseen),
  });

/** When a rule would have fired; the past does not change, so it is asked once. */
export const replayQuery = (ruleId: string, range: ReplayQuery) =>
  queryOptions({
    queryKey: ['objectives', 'replay', ruleId, range],
    queryFn: ({ signal }) =>
      api.get(withQuery(`${PATH}/${encodeURIComponent(ruleId)}/replay`, range), replaySchema, signal),
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
  });
