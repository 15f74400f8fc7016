import { randomUUID } from 'node:crypto';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { endAsFailed } from '@/lib/server/batches/accept/end-as-failed';
import { startHeartbeat } from '@/lib/server/batches/accept/receive-heartbeat';
import { newBatchItem } from '@/lib/server/batches/batch-item';
import { storeTargets } from '@/lib/server/batches/bulk/store-targets';
import { changeBatchState } from '@/lib/server/batches/change-batch-state';
import { classifyError } from '@/lib/server/classify-error';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { withRetry } from '@/lib/server/retry';
import type { BatchAction } from '@/lib/shared/audit-event';
import type { Batch, BulkKind } from '@/lib/shared/batch';
import type { Starter } from '@/lib/shared/session';

export type Bulk = {
  /** Where the caller must find it again after a crash: then it is made only once. */
  batchId?: string;
  kind: BulkKind;
  /** What it runs over, for its title: "3,000 failed items". */
  name: string;
  reason: string | null;
  /** Page by page, as they are read. */
  targets: AsyncIterable<string[]>;
  /** What is to be done, in the words of the kind; `itemsPerSecond` bounds its speed over all processes. */
  settings: Record<string, unknown>;
  actor: Starter;
  requestId: string;
  /** Names the request in the audit trail. */
  action: BatchAction;
};

/**
 * Makes a durable batch of a list of targets: the list is frozen first, then workers of any process do to each target what
 * the kind says. While it freezes the batch is `receiving`; what is answered is `running`.
 * @throws {AppError} where the list could not be read or stored; the batch then says so, and nothing is done;
 *   CONDITIONAL_FAILED where there is a batch of the given id already
 */
export async function createBulkBatch(bulk: Bulk): Promise<Batch> {
  const { action, actor, requestId } = bulk;
  const batch = newBatch(bulk);
  const { batchId, kind } = batch;
  await create(batch, bulk);
  const heartbeat = startHeartbeat(batchId, requestId);
  try {
    const frozen = await storeTargets(bulk.targets, { batchId, kind, heartbeat, requestId });
    return await changeBatchState({
      ...{ batchId, action, author: actor, requestId },
      verb: 'started',
      from: ['receiving'],
      to: 'running',
      already: ['running'],
      set: { ...frozen, waiting: frozen.rows, startedAt: new Date().toISOString() },
    });
  } catch (thrown) {
    const error = classifyError(thrown);
    await endAsFailed(batchId, error, requestId);
    throw error;
  } finally {
    heartbeat.stop();
  }
}

function newBatch({ batchId = `batch_${randomUUID()}`, kind, name, reason, actor }: Bulk) {
  const now = new Date().toISOString();
  const { id, role, department } = actor;
  return {
    batchId,
    kind,
    state: 'receiving' as const,
    fileName: name,
    // There is no file; these are what the fields of one hold then.
    ...{ format: 'json' as const, sizeBytes: 0, sha256: '', takenIds: 'reject' as const },
    ...{ rows: 0, created: 0, rejected: 0, failed: 0, waiting: 0, deleted: 0, kept: 0, chunks: 0 },
    ...{ succeeded: 0, skipped: 0, canary: null },
    reason,
    createdBy: { id, role, department, name: actor.name },
    ...{ createdAt: now, updatedAt: now, startedAt: null, finishedAt: null },
    ...{ problem: null, failure: null, corrects: null, correctedBy: [], undoes: null, undoneBy: null },
  };
}

async function create(batch: Batch, { batchId, settings, requestId }: Bulk): Promise<void> {
  const item = { ...newBatchItem(batch, requestId), receivedAt: batch.createdAt, settings };
  const onlyOnce = batchId === undefined ? {} : { ConditionExpression: 'attribute_not_exists(batchId)' };
  const command = new PutCommand({ TableName: env.BATCHES_TABLE, Item: item, ...onlyOnce });
  const context = { operation: 'createBulkBatch', requestId, maxRetries: env.MAX_RETRIES };
  await withRetry(() => documentClient.send(command), context);
}
