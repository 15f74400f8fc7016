import { createHash } from 'node:crypto';
import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { batchEvent } from '@/lib/server/audit-log/batch-event';
import { eventWrites } from '@/lib/server/audit-log/event-writes';
import { endsWithoutEvent, isAuditRefusal, refuseIfStrict } from '@/lib/server/audit-log/is-audit-refusal';
import { fileMarkerPut } from '@/lib/server/batches/accept/file-marker';
import { FILE, metaKey } from '@/lib/server/batches/batch-item';
import type { Write } from '@/lib/server/batches/run/counted-transaction';
import { classifyError } from '@/lib/server/classify-error';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { log } from '@/lib/server/log';
import { withRetry } from '@/lib/server/retry';
import type { BatchEvent } from '@/lib/shared/audit-event';
import type { Batch, Preview } from '@/lib/shared/batch';

type Received = {
  /** The batch as it becomes: `ready`, with its numbers. */
  batch: Batch;
  preview: Preview;
  /** Accepts the same file once more. */
  again: boolean;
  requestId: string;
};

/**
 * Makes a batch ready whose file has been stored, in one transaction with its preview, the mark of its file, the audit event
 * and the link from the batch that it corrects. Where the audit table refuses, the batch keeps the event until it takes it.
 * @throws {AppError} CONDITIONAL_FAILED where the batch was ended meanwhile, or the same file was accepted meanwhile
 */
export async function finishReceive(received: Received): Promise<void> {
  const { batch, requestId } = received;
  const event = batchEvent({
    action: 'UPLOAD_BATCH',
    author: batch.createdBy,
    requestId,
    time: batch.updatedAt,
    batch,
  });
  const context = { operation: 'finishReceive', requestId, maxRetries: env.MAX_RETRIES };
  const writes = [{ Update: readyUpdate(batch, []) }, ...writesBeside(received)];
  const audited = [...writes, ...(await eventWrites(event, requestId))];
  try {
    await withRetry(() => send(audited, batch, 'audited'), {
      ...context,
      isFinal: (error) => endsWithoutEvent(error, writes.length),
    });
    return;
  } catch (thrown) {
    if (!isAuditRefusal(thrown, writes.length)) throw thrown;
    refuseIfStrict(thrown);
    const { code, message } = classifyError(thrown);
    log.warn('audit table refused, changing the batch alone', { ...context, code, reason: message });
  }
  const alone = [{ Update: readyUpdate(batch, [event]) }, ...writesBeside(received)];
  await withRetry(() => send(alone, batch, 'alone'), context);
}

/** The token lets DynamoDB answer a transaction whose answer was lost as the first time. */
function send(TransactItems: Write[], { batchId }: Batch, way: 'audited' | 'alone') {
  const ClientRequestToken = createHash('sha256').update(`${batchId}#${way}`).digest('hex').slice(0, 36);
  return documentClient.send(new TransactWriteCommand({ ClientRequestToken, TransactItems }));
}

function readyUpdate(batch: Batch, pendingEvents: BatchEvent[]) {
  const { state, rows, rejected, waiting, chunks, sha256, sizeBytes, format, corrects, updatedAt } = batch;
  const values = {
    ...{ state, rows, rejected, waiting, chunks, sha256, sizeBytes, format, corrects, updatedAt },
    ...(pendingEvents.length > 0 ? { pendingEvents } : {}),
  };
  const names = Object.keys(values);
  return {
    ...metaKey(batch.batchId),
    // While an event is pending, a worker has something to do for the batch.
    UpdateExpression: `SET ${names.map((name) => `#${name} = :${name}`).join(', ')}${
      pendingEvents.length > 0 ? '' : ' REMOVE activeKey'
    }`,
    ConditionExpression: '#state = :receiving',
    ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
    ExpressionAttributeValues: {
      ...Object.fromEntries(Object.entries(values).map(([name, value]) => [`:${name}`, value])),
      ':receiving': 'receiving',
    },
  };
}

function writesBeside({ batch, preview, again }: Received): Write[] {
  const { batchId, sha256, fileName, updatedAt: acceptedAt, corrects } = batch;
  return [
    { Put: { TableName: env.BATCHES_TABLE, Item: { batchId, part: FILE, preview } } },
    { Put: fileMarkerPut({ sha256, acceptedAs: batchId, fileName, acceptedAt }, again) },
    ...(corrects === null ? [] : [{ Update: linkUpdate(corrects, batchId) }]),
  ];
}

function linkUpdate(corrected: string, batchId: string) {
  return {
    ...metaKey(corrected),
    UpdateExpression: 'SET correctedBy = list_append(correctedBy, :batchIds)',
    ConditionExpression: 'attribute_exists(batchId)',
    ExpressionAttributeValues: { ':batchIds': [batchId] },
  };
}
