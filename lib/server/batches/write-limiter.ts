import { processState } from '@/lib/server/process-state';

/**
 * Bounds of the calls in flight, and the queue that the limiter tolerates at DynamoDB: fewer than `ALPHA` calls waiting
 * there means that more would be taken, more than `BETA` that further ones only wait longer.
 */
const MIN_IN_FLIGHT = 1;
const MAX_IN_FLIGHT = 32;
const START = 4;
const ALPHA = 2;
const BETA = 4;

/** How long after a refusal further ones belong to the same crowd, and how long the shortest answer counts. */
const CROWD_MS = 500;
const FORGET_MS = 30_000;

/** What a call tells about DynamoDB: whether some of it was refused for throughput. */
type Limited<Result> = { result: Result; isThrottled: boolean };

/**
 * Holds calls back to the number in flight that is of use. It grows while answers take no longer than the shortest one
 * known, shrinks as they begin to queue, and is halved where DynamoDB refuses for throughput.
 * Source: Brakmo and Peterson, "TCP Vegas: End to End Congestion Avoidance on a Global Internet", 1995; the halving is
 * that of AIMD (Chiu and Jain, 1989).
 */
export function createLimiter(now: () => number = () => performance.now()) {
  let limit = START;
  let inFlight = 0;
  let shortestMs = Number.POSITIVE_INFINITY;
  let shortestAt = 0;
  let cutAt = Number.NEGATIVE_INFINITY;
  const waiting: (() => void)[] = [];

  /** A refusal halves the limit; further ones of the same crowd say nothing new. */
  function shrink(): void {
    if (now() - cutAt < CROWD_MS) return;
    cutAt = now();
    limit = Math.max(MIN_IN_FLIGHT, limit / 2);
  }

  function learn(tookMs: number): void {
    if (tookMs < shortestMs || now() - shortestAt > FORGET_MS) {
      shortestMs = tookMs;
      shortestAt = now();
    }
    const queued = limit * (1 - shortestMs / tookMs);
    if (queued < ALPHA) limit = Math.min(MAX_IN_FLIGHT, limit + 1 / limit);
    else if (queued > BETA) limit = Math.max(MIN_IN_FLIGHT, limit - 1 / limit);
  }

  function admitWaiting(): void {
    while (inFlight < Math.floor(limit) && waiting.length > 0) {
      inFlight++;
      waiting.shift()?.();
    }
  }

  return {
    /** Runs a call as soon as there is room for it, in the order of asking. */
    async run<Result>(call: () => Promise<Limited<Result>>): Promise<Result> {
      await new Promise<void>((resolve) => {
        waiting.push(resolve);
        admitWaiting();
      });
      const startedAt = now();
      try {
        const { result, isThrottled } = await call();
        if (isThrottled) shrink();
        else learn(now() - startedAt);
        return result;
      } finally {
        inFlight--;
        admitWaiting();
      }
    },
    /** How many calls may be in flight at this moment. */
    limit: () => Math.floor(limit),
  };
}

/** The limiter of everything that batches of this process write. */
export const writeLimiter = processState('writeLimiter', () => createLimiter());
