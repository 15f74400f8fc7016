import { queryOptions, useMutation } from '@tanstack/react-query';
import * as z from 'zod';
import { api } from '@/lib/client/api';
import { sessionSchema } from '@/lib/shared/session';
import { signedInSchema, type signInSchema } from '@/lib/shared/sign-in';

const signedOutSchema = z.object({ signedOut: z.literal(true) });

type Credentials = z.infer<typeof signInSchema>;

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

/** Signs out. The page must be left for a new one, so that nothing read with the session stays in memory. */
export function useSignOut() {
  return useMutation({ mutationFn: () => api.post('/api/auth/sign-out', {}, signedOutSchema) });
}
