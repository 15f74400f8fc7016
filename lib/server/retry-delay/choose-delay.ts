import { env } from '@/lib/server/env';
import { adaptiveWaitMs } from '@/lib/server/retry-delay/adaptive';
import { jitterMs, retryDelayMs } from '@/lib/server/retry-delay/fixed';
import { learnedWaitMs } from '@/lib/server/retry-delay/learned';
import type { Knowledge } from '@/lib/server/retry-delay/retry-knowledge';
import type { ErrorCode } from '@/lib/shared/app-error';

type About = { code: ErrorCode; retry: number; known: Knowledge | undefined };

/** How long to wait before retry number `retry` (1-based), and which policy said so. */
export type Delay = { waitMs: number; policy: 'fixed' | 'adaptive' | 'learned' };

/**
 * The wait before a retry, by the policy of the environment. Policies differ for throttling only: contention and the
 * network have delays of their own. What knows too little leaves the choice to the policy before it.
 */
export function chooseDelay({ code, retry, known }: About, policy = env.RETRY_POLICY): Delay {
  const mostMs = env.MAX_WAIT_TIME;
  if (known && policy === 'learned') {
    const waitMs = learnedWaitMs(known.model, { mostMs });
    if (waitMs !== undefined) return { waitMs, policy };
  }
  if (known && policy !== 'fixed') {
    return { waitMs: adaptiveWaitMs(known.recovery, { retry, mostMs }), policy: 'adaptive' };
  }
  const delayMs = retryDelayMs(code, retry);
  return { waitMs: delayMs + jitterMs(delayMs, retry), policy: 'fixed' };
}
