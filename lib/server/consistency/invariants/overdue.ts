import type { Finding } from '@/lib/server/consistency/invariants/invariant';

/** How long after its end a lease is still no difference: a worker needs a moment to take over. */
const LEASE_GRACE_MS = 5 * 60_000;

/** How long something may be pending. */
export const PENDING_LIMIT_MS = 10 * 60_000;

/** Whether a lease ended so long ago that somebody should have taken over. */
export function isOverdue(leasedUntil: string | undefined): boolean {
  return leasedUntil !== undefined && Date.parse(leasedUntil) < Date.now() - LEASE_GRACE_MS;
}

export function leaseFinding(target: string, leasedUntil: string | undefined): Finding {
  return {
    target,
    expected: 'free, or held by somebody at work',
    found: `held, until ${leasedUntil}`,
    repair: 'Gives it back, for anybody to take',
    advice: null,
  };
}

export function pendingFinding(target: string, what: string, since: string): Finding {
  return {
    target,
    expected: 'nothing pending',
    found: `${what}, since ${since}`,
    repair: 'Does what is pending now, once',
    advice: null,
  };
}

/** The instant before which nothing may be pending any more. */
export const pendingSinceLimit = () => new Date(Date.now() - PENDING_LIMIT_MS).toISOString();
