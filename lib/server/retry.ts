import { isBreakerOpen } from '@/lib/server/breakers/breaker-refusal';
import { classifyError } from '@/lib/server/classify-error';
import { env } from '@/lib/server/env';
import { log } from '@/lib/server/log';
import type { AppError, ErrorCode } from '@/lib/shared/app-error';

/** `maxRetries` counts the attempts after the first one; `isFinal` names errors that waiting does not help here. */
export type RetryContext = {
  operation: string;
  requestId: string;
  maxRetries: number;
  isFinal?: (error: AppError) => boolean;
};

const BASE_DELAY_MS = 1000;
const MULTIPLIER = 2;

/** Share of a delay that jitter may add on top, and what it spreads where the delay itself is zero. */
const JITTER_SHARE = 0.2;
const CONTENTION_SPREAD_MS = 50;

const CONTENTION_PATIENCE = 4;

/**
 * The wait before retry number `retry` (1-based), in milliseconds: 1 s, 2 s, 4 s and at most `MAX_WAIT_TIME` for
 * throttling, none after a failed condition (the next attempt carries new data), growing linearly for the network.
 */
export function retryDelayMs(code: ErrorCode, retry: number): number {
  return Math.min(unboundedDelayMs(code, retry), env.MAX_WAIT_TIME);
}

function unboundedDelayMs(code: ErrorCode, retry: number): number {
  if (code === 'THROTTLING') return BASE_DELAY_MS * MULTIPLIER ** (retry - 1);
  if (code === 'CONDITIONAL_FAILED') return 0;
  return BASE_DELAY_MS * retry;
}

/** A random addition to a delay, in milliseconds, so that callers refused together do not come back together. */
export function jitterMs(delayMs: number, retry: number, random = Math.random): number {
  if (env.RETRY_JITTER === 'off') return 0;
  const spreadMs = delayMs > 0 ? delayMs * JITTER_SHARE : CONTENTION_SPREAD_MS * retry;
  return Math.round(random() * spreadMs);
}

/** Logs that a retry is coming and waits for it. Every retry in the product passes here. */
export async function pauseBeforeRetry(error: AppError, retry: number, context: RetryContext): Promise<void> {
  const delayMs = retryDelayMs(error.code, retry);
  const waitMs = delayMs + jitterMs(delayMs, retry);
  const { operation, requestId, maxRetries } = context;
  log.warn('retry', {
    operation,
    requestId,
    maxRetries,
    code: error.code,
    reason: error.message,
    retry,
    waitMs,
  });
  await new Promise((resolve) => setTimeout(resolve, waitMs));
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
  for (let retry = 1; ; retry++) {
    try {
      return await attempt();
    } catch (thrown) {
      const error = classifyError(thrown);
      if (isFinal(error, context) || retry > retriesFor(error, context)) throw error;
      await pauseBeforeRetry(error, retry, context);
    }
  }
}
