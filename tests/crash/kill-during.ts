import type { Processes, ProcessName } from '@/tests/crash/processes';
import type { RoundPlan } from '@/tests/crash/round-plan';

/** A second kill comes while the first one's work waits for its leases to end, or is done again. */
const AGAIN_WITHIN_MS = 13_000;
const LOOK_EVERY_MS = 20;

export type Kill = { name: ProcessName; afterMs: number; wasOver: boolean };

type Situation = {
  plan: RoundPlan;
  processes: Processes;
  /** About how long the phase lasts. */
  lengthMs: number;
  /** Whether what is to be disturbed has ended. */
  isOver: () => Promise<boolean>;
};

/** Kills processes at the moments of the plan, the first one at the end of the phase at the latest, and restarts them. */
export async function killDuring({ plan, processes, lengthMs, isOver }: Situation): Promise<Kill[]> {
  const kills: Kill[] = [];
  for (const [position, moment] of plan.killMoments.entries()) {
    const startedAt = performance.now();
    const waitMs = moment * (position === 0 ? lengthMs : AGAIN_WITHIN_MS);
    const wasOver = await passed(waitMs, isOver);
    if (wasOver && position > 0) break;
    const name = plan.victims[position] ?? 'A';
    const afterMs = Math.round(performance.now() - startedAt);
    await processes.kill(name);
    kills.push({ name, afterMs, wasOver });
    await processes.start(name);
  }
  return kills;
}

/** Waits for a moment, or for the end where that comes first; true where it was the end. */
async function passed(waitMs: number, isOver: () => Promise<boolean>): Promise<boolean> {
  const endMs = performance.now() + waitMs;
  while (performance.now() < endMs) {
    if (await isOver()) return true;
    const leftMs = Math.max(0, endMs - performance.now());
    await new Promise((resolve) => setTimeout(resolve, Math.min(LOOK_EVERY_MS, leftMs)));
  }
  return isOver();
}
