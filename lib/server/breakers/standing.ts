import type { BreakerChange, BreakerOverride, BreakerState } from '@/lib/shared/breaker';

/** How long a breaker stays open before its first probe; each one in vain, or a relapse, doubles it. */
export const FIRST_WAIT_MS = 5000;
export const LONGEST_WAIT_MS = 60_000;

/** Opening again within this time is a relapse. */
export const RELAPSE_MS = 60_000;

/** How long a process may take for its probes; then another one tries. Longer than a call may take. */
export const CLAIM_MS = 10_000;

/** Where a breaker stands: what all processes share. Times are ms since 1970. */
export type Standing = {
  state: BreakerState;
  sinceMs: number;
  reason: string | null;
  /** Open: when the next probe is due. Half open: until when the prober has time. */
  untilMs: number;
  /** The process that probes while half open. */
  proberId: string | null;
  waitMs: number;
  override: BreakerOverride | null;
  /** Counts the changes, so that of two processes one changes it. */
  version: number;
};

/** A change, before its table is named. */
export type Change = Omit<BreakerChange, 'table'>;

/** Where a breaker stands next, and what the history says of it. */
export type Move = { to: Standing; change: Change };

export function closedStanding(nowMs: number): Standing {
  const nothing = { reason: null, untilMs: 0, proberId: null, override: null };
  return { state: 'closed', sinceMs: nowMs, waitMs: FIRST_WAIT_MS, version: 0, ...nothing };
}

/** Whether a person holds it: nothing that is counted moves it then. */
export function isHeld({ override }: Standing, nowMs: number): boolean {
  return override !== null && nowMs < Date.parse(override.until);
}

/** Whether a process may take the probing: its time has come, or the one that took it has let its time pass. */
export function isProbeDue(standing: Standing, nowMs: number): boolean {
  return standing.state !== 'closed' && nowMs >= standing.untilMs && !isHeld(standing, nowMs);
}

/** The table has failed too often, or a probe did. */
export function opened(standing: Standing, reason: string, nowMs: number): Move {
  const isRelapse = standing.state === 'half_open' || isRecent(standing, nowMs);
  const waitMs = isRelapse ? Math.min(standing.waitMs * 2, LONGEST_WAIT_MS) : FIRST_WAIT_MS;
  return move(standing, { state: 'open', reason, untilMs: nowMs + waitMs, waitMs }, { reason, nowMs });
}

/** A process takes the probing. */
export function halfOpened(standing: Standing, proberId: string, nowMs: number): Move {
  const reason = 'Probing the table with a few writes';
  const untilMs = nowMs + CLAIM_MS;
  return move(standing, { state: 'half_open', untilMs, proberId, override: null }, { reason, nowMs });
}

/** The probes have passed. */
export function closedAgain(standing: Standing, nowMs: number): Move {
  const reason = 'Its probes passed';
  return move(standing, { state: 'closed', reason }, { reason, nowMs });
}

/** A person holds it open or closed. */
export function overridden(standing: Standing, override: BreakerOverride, nowMs: number): Move {
  const { state, reason, by } = override;
  const untilMs = state === 'open' ? Date.parse(override.until) : 0;
  const held = { state, reason, untilMs, waitMs: FIRST_WAIT_MS, override };
  return move(standing, held, { reason, by, nowMs });
}

/** An override has ended, by a person or (`by` null) by time. What was held open is probed at once. */
export function released(
  standing: Standing,
  { reason, by }: { reason: string; by: string | null },
  nowMs: number,
): Move {
  const untilMs = Math.min(standing.untilMs, nowMs);
  return move(standing, { override: null, untilMs, reason }, { reason, by, nowMs });
}

type Told = { reason: string; by?: string | null; nowMs: number };

function move(from: Standing, changed: Partial<Standing>, { reason, by = null, nowMs }: Told): Move {
  const state = changed.state ?? from.state;
  const sinceMs = state === from.state ? from.sinceMs : nowMs;
  const to = { ...from, proberId: null, ...changed, sinceMs, version: from.version + 1 };
  return { to, change: { at: new Date(nowMs).toISOString(), from: from.state, to: state, reason, by } };
}

/** It was closed only a moment ago, after it had been open. */
function isRecent({ state, sinceMs, version }: Standing, nowMs: number): boolean {
  return state === 'closed' && version > 0 && nowMs - sinceMs < RELAPSE_MS;
}
