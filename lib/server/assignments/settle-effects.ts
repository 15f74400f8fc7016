import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import {
  type CounterFacts,
  type EffectWrite,
  effectWrites,
} from '@/lib/server/assignments/effect-transaction';
import { type PendingAssignment, toPendingAssignment } from '@/lib/server/assignments/pending-assignment';
import { classifyError } from '@/lib/server/classify-error';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { log } from '@/lib/server/log';
import { recordOperation } from '@/lib/server/metrics/record-operation';
import { withRetry } from '@/lib/server/retry';
import { refusalAt, storedItem } from '@/lib/server/stored-item';
import type { Effect } from '@/lib/shared/assignment';

type Beside = EffectWrite['write'];

type Plan = { pending: PendingAssignment[]; effects: ReadonlySet<Effect>; facts: CounterFacts };

/**
 * Applies `effects` of these assignments in one transaction, exactly once: an effect that another process applied in
 * the meantime is left out, a missing course or user is skipped with a WARN, contention is retried at once.
 * @param pending assignments as read, without repetition; their writes must fit one transaction (`MAX_WRITES`)
 * @param beside what is written with the effects or not at all, and not where none was left to apply
 * @throws {AppError} where DynamoDB refused for another reason; then nothing was applied
 */
export async function settleEffects(
  pending: PendingAssignment[],
  effects: readonly Effect[],
  requestId: string,
  beside: Beside[] = [],
): Promise<void> {
  const due = pending.filter(({ pendingEffects }) => effects.some((effect) => pendingEffects.has(effect)));
  if (due.length === 0) return;
  const first: Plan = { pending, effects: new Set(effects), facts: { missing: new Set(), later: new Set() } };
  await recordOperation('effect', { requestId, count: due.length }, () => settle(first, beside, requestId));
}

async function settle(first: Plan, beside: Beside[], requestId: string): Promise<void> {
  let plan = first;
  for (;;) {
    const writes = await effectWrites(plan.pending, plan.effects, plan.facts, requestId);
    if (writes.length === 0) return;
    const error = await sendOnce([...writes, ...beside.map((write) => ({ write }))], requestId);
    if (!error) return;
    plan = learnFrom(error, writes, plan, requestId);
  }
}

/** Undefined after success; the error where a condition was refused, which the next plan takes into account. */
async function sendOnce(writes: EffectWrite[], requestId: string) {
  const send = () =>
    documentClient.send(new TransactWriteCommand({ TransactItems: writes.map(({ write }) => write) }));
  const context = { operation: 'settleEffects', requestId, maxRetries: env.MAX_RETRIES };
  try {
    // Waiting is the sweeper's part: only contention, which passes at once, is worth another attempt here.
    await withRetry(send, { ...context, isFinal: ({ code }) => code !== 'CONDITIONAL_FAILED' });
    return undefined;
  } catch (thrown) {
    const error = classifyError(thrown);
    if (error.code !== 'CONDITIONAL_FAILED' || error.isRetryable) throw error;
    return error;
  }
}

/** Each refused condition makes the next plan smaller, so planning ends. */
function learnFrom(error: unknown, writes: EffectWrite[], plan: Plan, requestId: string): Plan {
  const refused = writes.flatMap((write, position) =>
    refusalAt(error, position) === 'ConditionalCheckFailed'
      ? [{ ...write, stored: storedItem(error, position) }]
      : [],
  );
  if (refused.length === 0) throw error;
  const found = new Map(refused.map(({ assignmentId, stored }) => [assignmentId, stored]));

  for (const { counter, stored } of refused) {
    if (!counter) continue;
    if (stored && !plan.facts.later.has(counter)) plan.facts.later.add(counter);
    else {
      plan.facts.missing.add(counter);
      log.warn('counter skipped: its item does not exist', {
        requestId,
        operation: 'settleEffects',
        counter,
      });
    }
  }
  return {
    ...plan,
    pending: plan.pending.flatMap((assignment) => {
      if (!found.has(assignment.assignmentId)) return [assignment];
      const stored = found.get(assignment.assignmentId);
      return stored ? [toPendingAssignment(stored)] : [];
    }),
  };
}
