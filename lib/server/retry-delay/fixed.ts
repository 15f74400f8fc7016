import { env } from '@/lib/server/env';
import type { ErrorCode } from '@/lib/shared/app-error';

const BASE_DELAY_MS = 1000;
const MULTIPLIER = 2;

/** Share of a delay that jitter may add on top, and what it spreads where the delay itself is zero. */
const JITTER_SHARE = 0.2;
const CONTENTION_SPREAD_MS = 50;

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
