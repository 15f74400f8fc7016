import { isBreakerOpen } from '@/lib/server/breakers/breaker-refusal';
import { classifyError } from '@/lib/server/classify-error';
import { log } from '@/lib/server/log';
import { countRetry } from '@/lib/server/metrics/count-retry';
import { chooseDelay } from '@/lib/server/retry-delay/choose-delay';
import {
  type Knowledge,
  knowledgeFor,
  noteOutcome,
  noteRecovery,
} from '@/lib/server/retry-delay/retry-knowledge';
import { shareKnowledge } from '@/lib/server/retry-delay/share-knowledge';
import type { AppError } from '@/lib/shared/app-error';

/**
 * `maxRetries` counts the attempts after the first one; `isFinal` names errors that waiting does not help here; `table` is
 * the one that is written, where errors do not say it.
 */
export type RetryContext = {
  operation: string;
  requestId: string;
  maxRetries: number;
  isFinal?: (error: AppError) => boolean;
  table?: string;
};

/** A wait that is over, to be told what came of it; `sinceMs`: when the first attempt had failed. */
export type Pause = { known: Knowledge | undefined; waitMs: number; sinceMs: number };

const CONTENTION_PATIENCE = 4;

/** Logs that a retry is coming and waits for it. Every retry in the product passes here; `before` is the pause before it. */
export async function pauseBeforeRetry(
  error: AppError,
  retry: number,
  context: RetryContext,
  before?: Pause,
): Promise<Pause> {
  const sinceMs = before?.sinceMs ?? performance.now();
  const known = knowledgeFor(error, context.table);
  const { waitMs, policy } = chooseDelay({ code: error.code, retry, known });
  const { operation, requestId, maxRetries } = context;
  countRetry(operation, error);
  log.warn('retry', {
    operation,
    requestId,
    maxRetries,
    code: error.code,
    reason: error.message,
    retry,
    waitMs,
    policy,
  });
  await new Promise((resolve) => setTimeout(resolve, waitMs));
  return { known, waitMs, sinceMs };
}

/** Teaches the policies what came of the retry after a pause. An open breaker, or a fault of another kind, teaches nothing. */
export function retryEnded(pause: Pause | undefined, end: 'success' | AppError): void {
  if (!pause?.known) return;
  if (end !== 'success' && (end.code !== 'THROTTLING' || isBreakerOpen(end))) return;
  noteOutcome(pause.known, pause.waitMs, end === 'success');
  if (end === 'success') noteRecovery(pause.known, performance.now() - pause.sinceMs);
  shareKnowledge();
}

/** Contention passes in milliseconds and costs no wait, so it gets more attempts than a fault that needs time. */
function retriesFor({ code }: AppError, { maxRetries }: RetryContext): number {
  return code === 'CONDITIONAL_FAILED' ? maxRetries * CONTENTION_PATIENCE : maxRetries;
}

/** An open breaker says itself when trying again makes sense: not within the time a caller waits. */
function isFinal(error: AppError, context: RetryContext): boolean {
  return !error.isRetryable || isBreakerOpen(error) || context.isFinal?.(error) === true;
}

/**
 * Runs `attempt` until it succeeds, fails for good, or has used up its retries.
 * @throws {AppError} the classified error of the last attempt
 */
export async function withRetry<Result>(
  attempt: () => Promise<Result>,
  context: RetryContext,
): Promise<Result> {
  let pause: Pause | undefined;
  for (let retry = 1; ; retry++) {
    try {
      const result = await attempt();
      retryEnded(pause, 'success');
      return result;
    } catch (thrown) {
      const error = classifyError(thrown);
      retryEnded(pause, error);
      if (isFinal(error, context) || retry > retriesFor(error, context)) throw error;
      pause = await pauseBeforeRetry(error, retry, context, pause);
    }
  }
}
