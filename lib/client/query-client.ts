import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { goToSignIn } from '@/lib/client/go-to-sign-in';
import { AppError } from '@/lib/shared/app-error';

declare module '@tanstack/react-query' {
  interface Register {
    defaultError: AppError;
  }
}

const MAX_QUERY_RETRIES = 2;
const FRESH_MS = 10_000;

/** Repeats reads that may succeed by themselves. Writes are never repeated: the person decides, with the same key. */
function isWorthRepeating(failures: number, error: unknown): boolean {
  return failures < MAX_QUERY_RETRIES && error instanceof AppError && error.isRetryable;
}

/** A session that ended leads to the sign-in page and back; every other error belongs to the page that asked. */
function leaveWhenSignedOut(error: unknown) {
  if (error instanceof AppError && error.code === 'UNAUTHENTICATED') goToSignIn();
}

/** The cache of everything the browser read from the API. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({ onError: leaveWhenSignedOut }),
    mutationCache: new MutationCache({ onError: leaveWhenSignedOut }),
    defaultOptions: {
      queries: { retry: isWorthRepeating, staleTime: FRESH_MS, refetchOnWindowFocus: true },
      mutations: { retry: false },
    },
  });
}
