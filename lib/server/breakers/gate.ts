import {
  addCall,
  type CallOutcome,
  type CallWindow,
  newWindow,
  troubleOf,
} from '@/lib/server/breakers/call-window';
import {
  type Change,
  closedAgain,
  closedStanding,
  halfOpened,
  isHeld,
  isProbeDue,
  type Move,
  opened,
  type Standing,
} from '@/lib/server/breakers/standing';

/** Writes that must pass, one after the other or beside each other, before a breaker closes. */
export const PROBES = 3;

/** How long after its time a probe is waited for before any call is taken for one: by then nothing else looks after it. */
export const OVERDUE_MS = 2000;

/** Changes that are kept for a store that does not answer; the newest count. */
const MOST_UNSAVED = 20;

/** What a process knows of the breaker of one table. */
export type Gate = {
  table: string;
  standing: Standing;
  /** Version of the stored standing that this one follows. */
  storedVersion: number;
  /** Changes since then. */
  unsaved: Change[];
  window: CallWindow;
  probes: { sent: number; passed: number };
};

export function newGate(table: string, nowMs: number): Gate {
  const counted = { window: newWindow(), probes: { sent: 0, passed: 0 } };
  return { table, standing: closedStanding(nowMs), storedVersion: 0, unsaved: [], ...counted };
}

/** Whether a write may pass, and whether it is a probe then. Asking changes nothing. */
export function verdict(gate: Gate, processId: string, nowMs: number): 'pass' | 'probe' | 'refuse' {
  const { standing, probes } = gate;
  if (standing.state === 'closed') return 'pass';
  if (isProbeDue(standing, nowMs - OVERDUE_MS)) return 'probe';
  const isProber = standing.state === 'half_open' && standing.proberId === processId;
  return isProber && probes.sent < PROBES ? 'probe' : 'refuse';
}

/** Lets a write pass as a probe; where nobody has taken the probing, this process does. */
export function beginProbe(gate: Gate, processId: string, nowMs: number): void {
  if (isProbeDue(gate.standing, nowMs)) apply(gate, halfOpened(gate.standing, processId, nowMs));
  gate.probes.sent++;
}

/** Counts how a write ended that had passed a closed breaker, and opens it where that was too much. */
export function noteCall(gate: Gate, outcome: CallOutcome, nowMs: number, message?: string): void {
  addCall(gate.window, outcome, nowMs, message);
  if (gate.standing.state !== 'closed' || isHeld(gate.standing, nowMs)) return;
  const trouble = troubleOf(gate.window, nowMs);
  if (trouble) apply(gate, opened(gate.standing, trouble, nowMs));
}

/** Judges a probe by how it ended; one that said nothing may be sent again. */
export function noteProbe(
  gate: Gate,
  outcome: CallOutcome | undefined,
  nowMs: number,
  message?: string,
): void {
  if (gate.standing.state !== 'half_open') return;
  if (outcome === undefined) {
    gate.probes.sent--;
    return;
  }
  addCall(gate.window, outcome, nowMs, message);
  if (outcome !== 'passed' && outcome !== 'batchPassed') {
    apply(gate, opened(gate.standing, `A probe failed: ${message ?? outcome}`, nowMs));
    return;
  }
  gate.probes.passed++;
  if (gate.probes.passed >= PROBES) apply(gate, closedAgain(gate.standing, nowMs));
}

/** Moves the breaker in this process; the store is to follow. */
export function apply(gate: Gate, { to, change }: Move): void {
  gate.unsaved = [...gate.unsaved, change].slice(-MOST_UNSAVED);
  take(gate, to);
}

/** Follows what another process has stored, or what this one just has. */
export function adopt(gate: Gate, stored: Standing): void {
  gate.storedVersion = stored.version;
  gate.unsaved = [];
  take(gate, stored);
}

/** What was counted before a change says nothing about the time after it. */
function take(gate: Gate, standing: Standing): void {
  const { state, proberId, version } = gate.standing;
  if (version !== standing.version || state !== standing.state || proberId !== standing.proberId) {
    gate.probes = { sent: 0, passed: 0 };
    if (standing.state === 'closed') gate.window = newWindow();
  }
  gate.standing = standing;
}
