import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import * as z from 'zod';
import { api } from '@/lib/client/api';
import { sessionSchema } from '@/lib/shared/session';

const signedInSchema = z.object({ user: z.object({ id: z.string(), name: z.string(), email: z.string() }) });
const signedOutSchema = z.object({ signedOut: z.literal(true) });

export type Credentials = { email: string; password: string };

/** Who is signed in and what they may do. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: ({ signal }) => api.get('/api/session', sessionSchema, signal),
  staleTime: 60_000,
});

/** Signs in; the session itself comes as a cookie that scripts cannot read. */
export function useSignIn() {
  return useMutation({
    mutationFn: (credentials: Credentials) =>
      api.post('/api/auth/sign-in/email', credentials, signedInSchema),
  });
}

/** Signs out and forgets everything that was read with the session. */
export function useSignOut() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => api.post('/api/auth/sign-out', {}, signedOutSchema),
    onSuccess: () => queryClient.clear(),
  });
}
