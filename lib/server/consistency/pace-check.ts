import { env } from '@/lib/server/env';
import { processState } from '@/lib/server/process-state';

const budget = processState('checkBudget', () => ({ freeAtMs: 0 }));

/** Waits until this process may read on after so many items: a check takes its time and leaves the tables to people. */
export async function paceCheck(items: number): Promise<void> {
  const now = Date.now();
  budget.freeAtMs = Math.max(budget.freeAtMs, now) + (items * 1000) / env.CONSISTENCY_ITEMS_PER_SECOND;
  await new Promise((resolve) => setTimeout(resolve, budget.freeAtMs - now));
}
