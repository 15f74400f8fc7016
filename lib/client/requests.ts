import { queryOptions } from '@tanstack/react-query';
import { api } from '@/lib/client/api';
import { type RequestStory, requestStorySchema } from '@/lib/shared/request';

const POLL_MS = 2000;

/** How long after its beginning a request may still leave traces: retries, effects, lines on their way into the table. */
const YOUNG_MS = 60_000;

/** Everything that is known of a request; read again while it may still be running. */
export const requestQuery = (requestId: string) =>
  queryOptions({
    queryKey: ['requests', requestId],
    queryFn: ({ signal }) =>
      api.get(`/api/requests/${encodeURIComponent(requestId)}`, requestStorySchema, signal),
    refetchInterval: ({ state }) => (state.data && isYoung(state.data) ? POLL_MS : false),
  });

function isYoung({ beganAt, assignments }: RequestStory): boolean {
  const isPending = assignments.some(({ pendingEffects }) => pendingEffects.length > 0);
  return isPending || Date.now() - Date.parse(beganAt) < YOUNG_MS;
}
