import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { batchEvent } from '@/lib/server/audit-log/batch-event';
import { eventWrites } from '@/lib/server/audit-log/event-writes';
import { endsWithoutEvent, isAuditRefusal, refuseIfStrict } from '@/lib/server/audit-log/is-audit-refusal';
import { ACTIVE_KEY, isActive, metaKey, toBatch } from '@/lib/server/batches/batch-item';
import { readBatchItem } from '@/lib/server/batches/read-batch';
import type { Write } from '@/lib/server/batches/run/counted-transaction';
import { classifyError } from '@/lib/server/classify-error';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { log } from '@/lib/server/log';
import { withRetry } from '@/lib/server/retry';
import { storedItem } from '@/lib/server/stored-item';
import { AppError } from '@/lib/shared/app-error';
import type { AuditAuthor, BatchAction, BatchEvent } from '@/lib/shared/audit-event';
import type { Batch, BatchState } from '@/lib/shared/batch';

export type Step = {
  batchId: string;
  action: BatchAction;
  /** What the step does, for the message of a refusal: "started". */
  verb: string;
  from: readonly BatchState[];
  to: BatchState;
  /** States in which the step has happened already: then nothing is done, and that is fine. */
  already: readonly BatchState[];
  author: AuditAuthor;
  requestId: string;
  set?: Partial<
    Pick<
      Batch,
      'startedAt' | 'finishedAt' | 'undoneBy' | 'rows' | 'waiting' | 'chunks' | 'canary' | 'problem'
    >
  >;
  /** What must be as it was read, or as named, for the step. */
  needs?: Partial<Pick<Batch, 'waiting' | 'created' | 'canary'> & { heldBy: string }>;
  /** The run of an automatic response that holds the batch from now on; any other step ends that. */
  heldBy?: string;
  /** Writes that happen with the step or not at all. */
  beside?: Write[];
};

/**
 * Takes a batch from one state to another together with its audit event, once: who comes second with the same step gets
 * the batch as it is. Where the audit table refuses, the batch keeps the event until the table takes it.
 * @throws {AppError} CONDITIONAL_FAILED with the current batch where its state does not allow the step; NOT_FOUND
 */
export async function changeBatchState(step: Step): Promise<Batch> {
  const before = await readBatchItem(step.batchId, step.requestId);
  if (step.already.includes(before.state)) return toBatch(before);
  if (!step.from.includes(before.state)) throw notAllowed(step, toBatch(before));

  const time = new Date().toISOString();
  const after = { ...toBatch(before), problem: null, ...step.set, state: step.to, updatedAt: time };
  const { action, author, requestId } = step;
  const event = batchEvent({ action, author, requestId, time, batch: after });
  try {
    await write({ step, after, event, hasPendingSegments: before.pendingSegments > 0 });
    return after;
  } catch (thrown) {
    return earlierResult(step, thrown);
  }
}

type Change = {
  step: Step;
  after: Batch;
  event: BatchEvent;
  /** Then a worker still has something to do for the batch, whatever its state. */
  hasPendingSegments: boolean;
};

async function write(change: Change): Promise<void> {
  const { requestId, beside = [] } = change.step;
  const context = { operation: 'changeBatchState', requestId, maxRetries: env.MAX_RETRIES };
  const eventAt = 1 + beside.length;
  const transaction = new TransactWriteCommand({
    TransactItems: [
      { Update: stateUpdate(change, []) },
      ...beside,
      ...(await eventWrites(change.event, requestId)),
    ],
  });
  try {
    await withRetry(() => documentClient.send(transaction), {
      ...context,
      isFinal: (error) => endsWithoutEvent(error, eventAt),
    });
    return;
  } catch (thrown) {
    if (!isAuditRefusal(thrown, eventAt)) throw thrown;
    refuseIfStrict(thrown);
    const { code, message } = classifyError(thrown);
    log.warn('audit table refused, changing the batch alone', { ...context, code, reason: message });
  }
  const alone = new TransactWriteCommand({
    TransactItems: [{ Update: stateUpdate(change, [change.event]) }, ...beside],
  });
  await withRetry(() => documentClient.send(alone), context);
}

function stateUpdate({ step, after, hasPendingSegments }: Change, pendingEvents: BatchEvent[]) {
  const heldBy = step.heldBy ?? null;
  const values = { problem: null, ...step.set, heldBy, state: after.state, updatedAt: after.updatedAt };
  const names = Object.keys(values);
  const needs = Object.entries(step.needs ?? {});
  const isPending = pendingEvents.length > 0;
  const staysActive = isActive(after.state) || isPending || hasPendingSegments;
  const states = step.from.map((_, position) => `:from${position}`).join(', ');
  const sets = [
    ...names.map((name) => `#${name} = :${name}`),
    ...(isPending ? ['pendingEvents = list_append(if_not_exists(pendingEvents, :noEvents), :events)'] : []),
    ...(staysActive ? ['activeKey = :active'] : []),
  ];
  return {
    ...metaKey(step.batchId),
    UpdateExpression: `SET ${sets.join(', ')}${staysActive ? '' : ' REMOVE activeKey'}`,
    ConditionExpression: [`#state IN (${states})`, ...needs.map(([name]) => `${name} = :${name}Needed`)].join(
      ' AND ',
    ),
    ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
    ExpressionAttributeValues: {
      ...Object.fromEntries(Object.entries(values).map(([name, value]) => [`:${name}`, value])),
      ...Object.fromEntries(step.from.map((state, position) => [`:from${position}`, state])),
      ...(isPending ? { ':noEvents': [], ':events': pendingEvents } : {}),
      ...(staysActive ? { ':active': ACTIVE_KEY } : {}),
      ...Object.fromEntries(needs.map(([name, value]) => [`:${name}Needed`, value])),
    },
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
  };
}

/** A refused condition is either this step, done already by an attempt whose answer was lost or by somebody, or the end. */
function earlierResult(step: Step, thrown: unknown): Batch {
  const error = classifyError(thrown);
  if (error.code !== 'CONDITIONAL_FAILED' || error.isRetryable) throw error;
  const stored = storedItem(error);
  if (!stored) throw error;
  const current = toBatch(stored);
  if (current.state === step.to || step.already.includes(current.state)) return current;
  throw notAllowed(step, current);
}

function notAllowed({ verb }: Step, current: Batch): AppError {
  const state = current.state.replaceAll('_', ' ');
  return new AppError('CONDITIONAL_FAILED', `This batch is ${state}, so it cannot be ${verb}`, {
    errorClass: 'business',
    current,
  });
}
