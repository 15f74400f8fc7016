import { randomUUID } from 'node:crypto';
import { adopt, type Gate, newGate } from '@/lib/server/breakers/gate';
import type { Standing } from '@/lib/server/breakers/standing';
import { measureGauge } from '@/lib/server/metrics/record';
import { processState } from '@/lib/server/process-state';
import type { BreakerState } from '@/lib/shared/breaker';

/** All that a process knows of its breakers. */
export type Breakers = {
  processId: string;
  gates: Map<string, Gate>;
  /** When it wrote to a table last, and when it read last what others have stored. */
  lastWriteMs: number;
  lastReadMs: number;
  /** Why the store did not answer the last time; null while it does. */
  storeProblem: string | null;
};

export function newBreakers(): Breakers {
  const never = { lastWriteMs: Number.NEGATIVE_INFINITY, lastReadMs: Number.NEGATIVE_INFINITY };
  return { processId: randomUUID(), gates: new Map(), storeProblem: null, ...never };
}

/** The breakers of this process. */
export const breakers = processState('breakers', () => {
  const own = newBreakers();
  measureGauge('breaker', () => Math.max(0, ...[...own.gates.values()].map(openness)));
  return own;
});

/** The gate of a table; a table that nobody has written to yet has a closed one. */
export function gateOf({ gates }: Breakers, table: string, nowMs: number): Gate {
  const known = gates.get(table);
  if (known) return known;
  const fresh = newGate(table, nowMs);
  gates.set(table, fresh);
  return fresh;
}

/** Takes over what is stored and newer than what this process knows. */
export function followStored(own: Breakers, standings: Map<string, Standing>, nowMs: number): void {
  for (const [table, stored] of standings) {
    const gate = gateOf(own, table, nowMs);
    if (stored.version > gate.storedVersion) adopt(gate, stored);
  }
  // A store that was made anew has forgotten them.
  for (const gate of own.gates.values()) {
    if (!standings.has(gate.table)) gate.storedVersion = 0;
  }
}

const OPENNESS: Record<BreakerState, number> = { closed: 0, half_open: 0.5, open: 1 };

const openness = ({ standing }: Gate) => OPENNESS[standing.state];
