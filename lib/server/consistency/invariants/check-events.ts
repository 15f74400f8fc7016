import { auditKeyOf } from '@/lib/server/audit-log/audit-event-item';
import { readShardPlan } from '@/lib/server/audit-log/lanes/shard-plan';
import { readSegmentEvent } from '@/lib/server/audit-log/read-segment-event';
import { batchGet } from '@/lib/server/batch-get';
import { META } from '@/lib/server/batches/batch-item';
import { confirmFindings } from '@/lib/server/consistency/confirm-finding';
import { eventsOfAction } from '@/lib/server/consistency/invariants/creation-events-of';
import type { Checked, Finding, Piece } from '@/lib/server/consistency/invariants/invariant';
import { readStored } from '@/lib/server/consistency/read-stored';
import { scanPiece } from '@/lib/server/consistency/scan-piece';
import { env } from '@/lib/server/env';
import { type AssignmentEvent, assignmentEventSchema } from '@/lib/shared/audit-event';

/** Events looked at in one piece. */
const AT_ONCE = 200;

/** BatchGetItem takes at most 100 keys. */
const KEYS_AT_ONCE = 100;

/** Checks that the assignments of the next creation events are there, or were deleted. */
export async function checkEvents(piece: Piece): Promise<Checked> {
  const { requestId } = piece;
  const page = await scanPiece(
    {
      TableName: env.AUDIT_TABLE,
      Limit: AT_ONCE,
      // Events in segments belong to batches, and are judged with them.
      FilterExpression: '#action = :create AND attribute_exists(resourceKey)',
      ExpressionAttributeNames: { '#action': 'action' },
      ExpressionAttributeValues: { ':create': 'CREATE_ASSIGNMENT' },
    },
    piece,
  );
  const events = page.items.map((item) => assignmentEventSchema.parse(item));
  const there = await existing(
    events.map(({ resource }) => resource.assignmentId),
    requestId,
  );
  const suspects = events.filter(({ resource, batch }) => batch || !there.has(resource.assignmentId));
  const confirmed = await confirmFindings(suspects.map((event) => () => lookAtEvent(event, requestId)));
  return { ...confirmed, cursor: page.cursor, checked: events.length, read: page.read + events.length };
}

async function existing(assignmentIds: string[], requestId: string): Promise<Set<string>> {
  const ids = [...new Set(assignmentIds)];
  const found = new Set<string>();
  for (let start = 0; start < ids.length; start += KEYS_AT_ONCE) {
    const keys = ids.slice(start, start + KEYS_AT_ONCE).map((assignmentId) => ({ assignmentId }));
    const items = await batchGet(env.ASSIGNMENTS_TABLE, keys, { operation: 'checkEvents', requestId });
    for (const { assignmentId } of items) found.add(String(assignmentId));
  }
  return found;
}

/** Looks at a creation event that lies by itself. */
export async function lookAtEvent(event: AssignmentEvent, requestId: string): Promise<Finding | undefined> {
  const { assignmentId } = event.resource;
  const { lane, eventKey } = auditKeyOf(event, await readShardPlan(requestId));
  if (!(await readStored(env.AUDIT_TABLE, { lane, eventKey }, requestId))) return undefined;
  const assignment = await readStored(env.ASSIGNMENTS_TABLE, { assignmentId }, requestId);
  if (assignment) return lookForSecondEvent(event, requestId);
  if (await isDeleted(event, requestId)) return undefined;
  return {
    target: assignmentId,
    expected: 'an assignment, or the event of its deletion',
    found: 'the event of its creation only',
    repair: null,
    advice: 'What it held is in its events. Create it again from there, or leave it.',
  };
}

/** A row that was created by its batch has its event in a segment, and must have none by itself. */
async function lookForSecondEvent(
  { batch, resource }: AssignmentEvent,
  requestId: string,
): Promise<Finding | undefined> {
  const inSegment = batch && (await readSegmentEvent(batch, requestId));
  if (inSegment?.resource.assignmentId !== resource.assignmentId) return undefined;
  const advice = 'Nothing is ever taken out of the audit trail.';
  return { target: resource.assignmentId, expected: 1, found: 2, repair: null, advice };
}

/** Whether an event says that it was deleted: by itself, or in a segment of the undo of its batch. */
async function isDeleted({ resource, batch }: AssignmentEvent, requestId: string): Promise<boolean> {
  if ((await eventsOfAction(resource.assignmentId, 'DELETE_ASSIGNMENT', requestId)) > 0) return true;
  if (!batch) return false;
  const source = await readStored(env.BATCHES_TABLE, { batchId: batch.batchId, part: META }, requestId);
  if (typeof source?.undoneBy !== 'string') return false;
  const { rowNumber } = batch;
  const deletion = await readSegmentEvent({ batchId: source.undoneBy, rowNumber }, requestId);
  return deletion?.resource.assignmentId === resource.assignmentId;
}
