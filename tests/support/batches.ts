import { randomUUID } from 'node:crypto';
import { GetCommand, PutCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { expandSegment, segmentLane } from '@/lib/server/audit-log/segment';
import { chunkPart, newBatchItem } from '@/lib/server/batches/batch-item';
import type { ChunkRow, RejectedRow } from '@/lib/server/batches/chunks/chunk';
import { type ChunkState, toChunkState } from '@/lib/server/batches/chunks/chunk-state';
import { storeChunk } from '@/lib/server/batches/chunks/store-chunk';
import { readBatchItem } from '@/lib/server/batches/read-batch';
import { startBatch } from '@/lib/server/batches/start-batch';
import { lookAfterBatch } from '@/lib/server/batches/worker/look-after-batch';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { newRequestId } from '@/lib/server/request-id';
import type { AssignmentEvent } from '@/lib/shared/audit-event';
import type { Batch } from '@/lib/shared/batch';
import type { Actor } from '@/lib/shared/session';
import { aCourse, anInstructor } from '@/tests/support/factories';
import { aNewAssignment } from '@/tests/support/new-assignment';

type Content = {
  /** Valid rows of each chunk. */
  chunks: number[];
  rejected?: RejectedRow[];
  /** Changes one row; rows count from 2, as in a file with a header. */
  row?: (row: ChunkRow) => ChunkRow;
  overrides?: Partial<Batch>;
};

export type StoredBatch = { batchId: string; courseId: string; actor: Actor; rows: ChunkRow[] };

/** An accepted batch, ready to start: its rows are in one course of its own. */
export async function aReadyBatch({ chunks, rejected = [], row = (it) => it, overrides }: Content) {
  const batchId = `batch_${randomUUID()}`;
  const courseId = await aCourse();
  const actor: Actor = { ...(await anInstructor([])), role: 'admin' };
  const requestId = newRequestId();
  const all: ChunkRow[] = [];
  for (const [position, size] of chunks.entries()) {
    const rows = Array.from({ length: size }, (_, at) => {
      const rowNumber = all.length + at + 2;
      const assignment = aNewAssignment({ courseId, title: `Row ${rowNumber}` });
      return row({ rowNumber, cells: [courseId, assignment.title], assignment });
    });
    const ofFirst = position === 0 ? rejected : [];
    await storeChunk({ rows, rejected: ofFirst }, { batchId, chunk: position + 1, requestId });
    all.push(...rows);
  }
  const now = new Date().toISOString();
  const batch: Batch = {
    batchId,
    kind: 'import',
    state: 'ready',
    fileName: 'rows.csv',
    format: 'csv',
    sizeBytes: 1000,
    sha256: 'a'.repeat(64),
    takenIds: 'reject',
    rows: all.length + rejected.length,
    ...{ created: 0, rejected: rejected.length, failed: 0, waiting: all.length, deleted: 0, kept: 0 },
    ...{ succeeded: 0, skipped: 0, reason: null, canary: null },
    chunks: chunks.length,
    createdBy: { id: actor.id, role: 'admin', department: actor.department, name: actor.name },
    ...{ createdAt: now, updatedAt: now, startedAt: null, finishedAt: null, problem: null, failure: null },
    ...{ corrects: null, correctedBy: [], undoes: null, undoneBy: null },
    ...overrides,
  };
  await documentClient.send(
    new PutCommand({ TableName: env.BATCHES_TABLE, Item: newBatchItem(batch, requestId) }),
  );
  return { batchId, courseId, actor, rows: all };
}

/** Starts a batch and looks after it, as one round of one worker. */
export async function runBatch({ batchId, actor }: StoredBatch): Promise<void> {
  await startBatch(batchId, actor, newRequestId());
  await lookAfterBatch(batchId, { requestId: newRequestId(), isStopping: () => false });
}

/** The stored state of a batch. */
export const batchOf = (batchId: string) => readBatchItem(batchId, newRequestId());

/** The numbers of a batch, for comparing. */
export async function numbersOf(batchId: string) {
  const { state, rows, created, rejected, failed, waiting } = await batchOf(batchId);
  return { state, rows, created, rejected, failed, waiting };
}

/** The stored state of one chunk. */
export async function chunkOf(batchId: string, chunk = 1): Promise<ChunkState> {
  const { Item } = await documentClient.send(
    new GetCommand({
      TableName: env.BATCHES_TABLE,
      Key: { batchId, part: chunkPart(chunk) },
      ConsistentRead: true,
    }),
  );
  return toChunkState(Item ?? {});
}

/** Lets the lease of a chunk be over, as if its holder had given no sign of life for long. */
export async function expireLease(batchId: string, chunk = 1): Promise<void> {
  await documentClient.send(
    new UpdateCommand({
      TableName: env.BATCHES_TABLE,
      Key: { batchId, part: chunkPart(chunk) },
      UpdateExpression: 'SET leasedUntil = :past',
      ExpressionAttributeValues: { ':past': '2000-01-01T00:00:00.000Z' },
    }),
  );
}

/** Every event in the segments of a batch, by row. */
export async function segmentEventsOf(batchId: string): Promise<AssignmentEvent[]> {
  const { Items = [] } = await documentClient.send(
    new QueryCommand({
      TableName: env.AUDIT_TABLE,
      KeyConditionExpression: 'lane = :lane',
      ExpressionAttributeValues: { ':lane': segmentLane(batchId) },
      ConsistentRead: true,
    }),
  );
  return (await Promise.all(Items.map(expandSegment))).flat();
}

/** Every failed item of a batch. */
export async function failedItemsOf(batchId: string): Promise<Record<string, unknown>[]> {
  const { Items = [] } = await documentClient.send(
    new QueryCommand({
      TableName: env.FAILED_ITEMS_TABLE,
      KeyConditionExpression: 'origin = :origin',
      ExpressionAttributeValues: { ':origin': `batch#${batchId}` },
      ConsistentRead: true,
    }),
  );
  return Items;
}
