import {
  focusManager,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query';
import { api, withQuery } from '@/lib/client/api';
import {
  type BreakerCommand,
  type BreakersQuery,
  breakerCommandSchema,
  breakersSchema,
} from '@/lib/shared/breaker';

const PATH = '/api/breakers';

const POLL_MS = 3000;

const whileSeen = (ms: number) => (focusManager.isFocused() ? ms : ms * 10);

/** Where the breakers stand, and their changes of a time: the last 24 hours unless given. Live. */
export const breakersQuery = (time: BreakersQuery = {}) =>
  queryOptions({
    queryKey: ['breakers', time],
    queryFn: ({ signal }) => api.get(withQuery(PATH, time), breakersSchema, signal),
    placeholderData: keepPreviousData,
    refetchInterval: () => whileSeen(POLL_MS),
  });

/** Holds a breaker open or closed, or lets it go; whatever came of it, breakers are read again. */
export function useOverrideBreaker() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (command: BreakerCommand) =>
      api.post(PATH, breakerCommandSchema.parse(command), breakersSchema),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['breakers'] }),
  });
}
