import { AsyncLocalStorage } from 'node:async_hooks';
import { processState } from '@/lib/server/process-state';

/** What is known of the request that is being answered, for the audit trail, metrics and traces. */
type RequestContext = {
  requestId: string;
  /** Address that the nearest proxy saw. */
  ip: string | undefined;
  /** Once somebody is signed in. */
  actorId?: string;
  /** Hash of the session; the session itself would be a secret. */
  sessionId?: string;
};

const storage = processState('requestContext', () => new AsyncLocalStorage<RequestContext>());

/** Runs the answering of a request so that what it calls can ask where it came from. */
export function withRequestContext<Result>(context: RequestContext, run: () => Result): Result {
  return storage.run(context, run);
}

/** The context of the request that is being answered; undefined in background work. */
export function requestContext(): RequestContext | undefined {
  return storage.getStore();
}

/** The address that the nearest proxy saw, or Next.js itself without one. What stands before it the caller may have made up. */
export function addressOf(headers: Headers): string | undefined {
  return headers.get('x-forwarded-for')?.split(',').at(-1)?.trim() || undefined;
}
