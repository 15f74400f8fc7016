import { focusManager, queryOptions } from '@tanstack/react-query';
import { api } from '@/lib/client/api';
import { flowSchema } from '@/lib/shared/flow';

const POLL_MS = { seen: 3000, unseen: 30_000 } as const;

/** How fast writes may go, and what is known of retries; live. */
export const flowQuery = () =>
  queryOptions({
    queryKey: ['flow'],
    queryFn: ({ signal }) => api.get('/api/flow', flowSchema, signal),
    refetchInterval: () => (focusManager.isFocused() ? POLL_MS.seen : POLL_MS.unseen),
  });
