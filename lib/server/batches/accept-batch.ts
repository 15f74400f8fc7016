import { randomUUID } from 'node:crypto';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { announcedSha256 } from '@/lib/server/batches/accept/content-digest';
import { endAsFailed } from '@/lib/server/batches/accept/end-as-failed';
import { requireNewFile } from '@/lib/server/batches/accept/file-marker';
import { receiveFile } from '@/lib/server/batches/accept/receive-file';
import { startHeartbeat } from '@/lib/server/batches/accept/receive-heartbeat';
import { newBatchItem } from '@/lib/server/batches/batch-item';
import { oneAtATime } from '@/lib/server/batches/run/one-at-a-time';
import { classifyError } from '@/lib/server/classify-error';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { processState } from '@/lib/server/process-state';
import { withRetry } from '@/lib/server/retry';
import type { Batch, UploadQuery } from '@/lib/shared/batch';
import { formatOf } from '@/lib/shared/batch-format';
import type { Actor } from '@/lib/shared/session';

/** Two files read at once would make everything else in the process wait; others are not read until it is their turn. */
const inTurn = processState('receiveFile', oneAtATime);

type Upload = { query: UploadQuery; headers: Headers; bytes: AsyncIterable<Uint8Array> };

/**
 * Accepts a file as a batch: every row is judged and stored, and nothing is written to the assignments. The batch that is
 * answered is `ready`, and the file is never needed again.
 * @throws {AppError} for everything that speaks against the file; the batch is then `failed_to_receive` and says why
 */
export async function acceptBatch(
  { query, headers, bytes }: Upload,
  { actor, requestId }: { actor: Actor; requestId: string },
): Promise<Batch> {
  const sha256 = announcedSha256(headers);
  if (sha256 !== undefined && !query.again) await requireNewFile(sha256, requestId);

  const batch = newBatch({ query, headers }, actor);
  await create(batch, requestId);
  const heartbeat = startHeartbeat(batch.batchId, requestId);
  try {
    const incoming = { query, headers, bytes, announcedSha256: sha256 };
    return await inTurn(() => receiveFile(incoming, { batch, actor, heartbeat, requestId }));
  } catch (thrown) {
    const error = classifyError(thrown);
    await endAsFailed(batch.batchId, error, requestId);
    throw error;
  } finally {
    heartbeat.stop();
  }
}

function newBatch({ query, headers }: Omit<Upload, 'bytes'>, actor: Actor): Batch {
  const now = new Date().toISOString();
  const { id, role, department, name } = actor;
  return {
    batchId: `batch_${randomUUID()}`,
    kind: 'import',
    state: 'receiving',
    fileName: query.filename,
    format: formatOf(headers.get('content-type') ?? '', ''),
    sizeBytes: announcedSize(headers),
    sha256: '',
    takenIds: query.takenIds,
    ...{ rows: 0, created: 0, rejected: 0, failed: 0, waiting: 0, deleted: 0, kept: 0, chunks: 0 },
    ...{ succeeded: 0, skipped: 0, reason: null, canary: null },
    createdBy: { id, role, department, name },
    createdAt: now,
    startedAt: null,
    finishedAt: null,
    updatedAt: now,
    problem: null,
    failure: null,
    corrects: null,
    correctedBy: [],
    undoes: null,
    undoneBy: null,
  };
}

function announcedSize(headers: Headers): number {
  const announced = Number(headers.get('content-length'));
  return Number.isSafeInteger(announced) && announced > 0 ? announced : 0;
}

async function create(batch: Batch, requestId: string): Promise<void> {
  const item = { ...newBatchItem(batch, requestId), receivedAt: batch.createdAt };
  const command = new PutCommand({ TableName: env.BATCHES_TABLE, Item: item });
  const context = { operation: 'acceptBatch', requestId, maxRetries: env.MAX_RETRIES };
  await withRetry(() => documentClient.send(command), context);
}
