/** How long a throttled table took to take a write again, from the first refusal on, as seen lately. */
export type Recovery = { ms: number; observations: number };

/** What is believed before anything was seen: the first delay of the fixed policy. */
export const UNSEEN: Recovery = { ms: 1000, observations: 0 };

/** Weight of the newest observation. */
const NEWEST = 0.3;

const MULTIPLIER = 2;

/** The recovery time after one more was seen; bounded, so that one bad hour does not decide the next. */
export function observeRecovery(recovery: Recovery, ms: number, mostMs: number): Recovery {
  const seen = Math.min(Math.max(ms, 1), mostMs);
  const { observations } = recovery;
  return {
    ms: observations === 0 ? seen : recovery.ms + NEWEST * (seen - recovery.ms),
    observations: observations + 1,
  };
}

/**
 * A random wait up to the time that the table needed to recover lately, doubled with each retry.
 * Source: "Full jitter" in Marc Brooker, "Exponential Backoff and Jitter", AWS Architecture Blog, 2015.
 */
export function adaptiveWaitMs(
  { ms }: Recovery,
  { retry, mostMs, random = Math.random }: { retry: number; mostMs: number; random?: () => number },
): number {
  return Math.round(random() * Math.min(ms * MULTIPLIER ** (retry - 1), mostMs));
}
