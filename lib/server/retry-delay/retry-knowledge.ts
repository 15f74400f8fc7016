import { env } from '@/lib/server/env';
import { failureCause } from '@/lib/server/failed-items/record/failure-cause';
import { processState } from '@/lib/server/process-state';
import { observeRecovery, type Recovery, UNSEEN } from '@/lib/server/retry-delay/adaptive';
import { type Model, nearestWait, newModel } from '@/lib/server/retry-delay/learned';
import type { AppError } from '@/lib/shared/app-error';

/** What this process knows of retries after one throttle reason of one table. */
export type Knowledge = {
  table: string;
  reason: string;
  recovery: Recovery;
  /** Seen by all processes lately, and by this one since it last told the others. */
  model: Model;
  untold: Model;
};

/** More tables and reasons than the product has; what comes beyond is not learned. */
const MOST_KEYS = 100;

export const knowledge = processState('retryKnowledge', () => new Map<string, Knowledge>());

/** What is known for an error; undefined where it is not about throughput. `table`: where the error itself names none. */
export function knowledgeFor(error: AppError, table?: string): Knowledge | undefined {
  if (error.code !== 'THROTTLING') return undefined;
  const { reason, resource } = failureCause(error);
  return knowledgeOf(resource?.split('/').at(-1) ?? table ?? 'unknown', reason ?? 'Unprocessed');
}

export function knowledgeOf(table: string, reason: string): Knowledge | undefined {
  const key = `${table} ${reason}`;
  const known = knowledge.get(key);
  if (known || knowledge.size >= MOST_KEYS) return known;
  const fresh = { table, reason, recovery: UNSEEN, model: newModel(), untold: newModel() };
  knowledge.set(key, fresh);
  return fresh;
}

/** Counts what came of a retry after a wait. */
export function noteOutcome({ model, untold }: Knowledge, waitMs: number, isSuccess: boolean): void {
  const position = nearestWait(waitMs);
  for (const outcomes of [model[position], untold[position]]) {
    if (outcomes) outcomes[isSuccess ? 'succeeded' : 'refused'] += 1;
  }
}

/** Counts how long a table took to take a write again. */
export function noteRecovery(known: Knowledge, ms: number): void {
  known.recovery = observeRecovery(known.recovery, ms, env.MAX_WAIT_TIME);
}
