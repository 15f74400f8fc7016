import { processState } from '@/lib/server/process-state';

/** That a write was not sent, because the breaker of this table is open. */
export type BreakerRefusal = { table: string; retryAfterSeconds: number };

/** Kept beside the error: a module may be loaded once per bundle, and a class of its own would be several. */
const refusals = processState('breakerRefusals', () => new WeakMap<Error, BreakerRefusal>());

/** The error by which a breaker refuses a write; `message` says since when it is open, and why. */
export function newBreakerRefusal(message: string, refusal: BreakerRefusal): Error {
  const error = Object.assign(new Error(message), { name: 'BreakerOpen' });
  refusals.set(error, refusal);
  return error;
}

/** What a breaker refused, where that is the cause of what was thrown. */
export function breakerRefusal(thrown: unknown): BreakerRefusal | undefined {
  for (let error = thrown; error instanceof Error; error = error.cause) {
    const refusal = refusals.get(error);
    if (refusal) return refusal;
  }
  return undefined;
}

/** Whether a write was not sent because a breaker is open. Then nothing was written, and trying at once does not help. */
export function isBreakerOpen(thrown: unknown): boolean {
  return breakerRefusal(thrown) !== undefined;
}
