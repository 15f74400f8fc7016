import { toAssignment } from '@/lib/server/assignments/assignment-item';
import { creationEvent } from '@/lib/server/audit-log/assignment-event';
import { eventWrites } from '@/lib/server/audit-log/event-writes';
import { chunkPart } from '@/lib/server/batches/batch-item';
import { toChunkState } from '@/lib/server/batches/chunks/chunk-state';
import { createdRows, originOf } from '@/lib/server/batches/chunks/created-rows';
import { readBatchItem } from '@/lib/server/batches/read-batch';
import type { Write } from '@/lib/server/batches/run/counted-transaction';
import { creationSegment } from '@/lib/server/batches/run/creation-segment';
import { lookAtEvents } from '@/lib/server/consistency/invariants/check-assignments';
import type { RepairPlan } from '@/lib/server/consistency/invariants/invariant';
import {
  chunkOfTarget,
  createdOfCommit,
  lookAtChunkEvents,
} from '@/lib/server/consistency/invariants/look-at-chunk-events';
import { readStored } from '@/lib/server/consistency/read-stored';
import { env } from '@/lib/server/env';
import type { Difference } from '@/lib/shared/consistency';

/**
 * What writes the missing events again: of a chunk from the stored rows of the file, of a single assignment from itself.
 * @throws {AppError} what DynamoDB answered
 */
export async function planEvents(difference: Difference, requestId: string): Promise<RepairPlan> {
  const { target } = difference;
  const chunk = chunkOfTarget(target);
  const now = chunk ? await lookAtChunkEvents(chunk, requestId) : await lookAtEvents(target, requestId);
  if (!now) return { kind: 'gone', message: 'The event is there by now' };
  if (now.target !== target || now.repair === null) {
    return { kind: 'not_repairable', message: now.advice ?? 'Check again' };
  }
  const writes = chunk ? [await segmentWrite(chunk, requestId)] : await missingEvent(target, requestId);
  return { kind: 'repair', before: now.found, after: now.expected, writes };
}

async function missingEvent(assignmentId: string, requestId: string): Promise<Write[]> {
  const item = await readStored(env.ASSIGNMENTS_TABLE, { assignmentId }, requestId);
  const event = creationEvent(toAssignment(item ?? {}));
  return eventWrites(event, requestId);
}

async function segmentWrite(place: { batchId: string; chunk: number }, requestId: string): Promise<Write> {
  const { batchId } = place;
  const stored = await readStored(env.BATCHES_TABLE, { batchId, part: chunkPart(place.chunk) }, requestId);
  const chunk = toChunkState(stored ?? {});
  const batch = await readBatchItem(batchId, requestId);
  const rows = await createdRows(batch, createdOfCommit(chunk), requestId);
  return { Put: { TableName: env.AUDIT_TABLE, Item: await creationSegment(originOf(batch, chunk), rows) } };
}
