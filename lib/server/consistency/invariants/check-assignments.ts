import { toAssignment } from '@/lib/server/assignments/assignment-item';
import { retentionSeconds } from '@/lib/server/audit-log/retention';
import { META } from '@/lib/server/batches/batch-item';
import { confirmFindings } from '@/lib/server/consistency/confirm-finding';
import {
  creationEvents,
  eventsOfAction,
  hasCreationEvent,
} from '@/lib/server/consistency/invariants/creation-events-of';
import type { Checked, Finding, Piece } from '@/lib/server/consistency/invariants/invariant';
import { readStored } from '@/lib/server/consistency/read-stored';
import { scanPiece } from '@/lib/server/consistency/scan-piece';
import { env } from '@/lib/server/env';
import type { Assignment } from '@/lib/shared/assignment';

/** Assignments of one piece, and those whose events are read beside each other. */
const AT_ONCE = 100;
const BESIDE = 10;

/** Events expire after a year; those of the last day before that are not judged any more. */
const JUDGED_SECONDS = retentionSeconds('CREATE_ASSIGNMENT') - 24 * 60 * 60;

const NOT_AS_CREATED =
  'It was changed since, so its first content is not known. Its later events are all there.';

/** Checks the creation events of the next assignments that do not come from a file. */
export async function checkAssignments(piece: Piece): Promise<Checked> {
  const { requestId } = piece;
  const page = await scanPiece({ TableName: env.ASSIGNMENTS_TABLE, Limit: AT_ONCE }, piece);
  const assignments = page.items.map(toAssignment).filter(({ createdAt }) => isJudged(createdAt));
  const judged = await withoutRows(assignments, requestId);
  const suspects: Assignment[] = [];
  for (let start = 0; start < judged.length; start += BESIDE) {
    const group = judged.slice(start, start + BESIDE);
    const events = await Promise.all(group.map((assignment) => creationEvents(assignment, requestId)));
    suspects.push(...group.filter((_, at) => events[at] !== 1));
  }
  const looks = suspects.map(
    ({ assignmentId }) =>
      () =>
        lookAtEvents(assignmentId, requestId),
  );
  const confirmed = await confirmFindings(looks);
  return { ...confirmed, cursor: page.cursor, checked: judged.length, read: page.read + judged.length };
}

function isJudged(createdAt: string): boolean {
  return Date.parse(createdAt) > Date.now() - JUDGED_SECONDS * 1000;
}

/** Rows of files are judged with their batches; where a batch is gone, its rows are judged by themselves. */
async function withoutRows(assignments: Assignment[], requestId: string): Promise<Assignment[]> {
  const batchIds = new Set(assignments.flatMap(({ batchId }) => batchId ?? []));
  const known = new Set<string>();
  for (const batchId of batchIds) {
    if (await readStored(env.BATCHES_TABLE, { batchId, part: META }, requestId)) known.add(batchId);
  }
  return assignments.filter(({ batchId }) => batchId === undefined || !known.has(batchId));
}

/** Looks at one assignment that does not come from a file. */
export async function lookAtEvents(assignmentId: string, requestId: string): Promise<Finding | undefined> {
  const item = await readStored(env.ASSIGNMENTS_TABLE, { assignmentId }, requestId);
  if (!item) return undefined;
  const assignment = toAssignment(item);
  // Then the event lies on the assignment itself, and is judged as a pending effect.
  if (assignment.pendingEffects.includes('audit')) return undefined;
  const events = await creationEvents(assignment, requestId);
  if (events === 1 || (events === 0 && (await hasCreationEvent(assignment, requestId)))) return undefined;
  // Who sends a form again after it was taken back creates the same assignment once more.
  const deletions = await eventsOfAction(assignmentId, 'DELETE_ASSIGNMENT', requestId);
  return events === deletions + 1 ? undefined : eventFinding(assignment, events - deletions);
}

function eventFinding({ assignmentId, version }: Assignment, events: number): Finding {
  const common = { target: assignmentId, expected: 1, found: events };
  if (events > 1) return { ...common, repair: null, advice: 'Nothing is ever taken out of the audit trail.' };
  if (version > 1) return { ...common, repair: null, advice: NOT_AS_CREATED };
  return {
    ...common,
    repair: 'Writes the creation event from the assignment, as it was created',
    advice: null,
  };
}
