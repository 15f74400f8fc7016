import { MAX_WRITES } from '@/lib/server/assignments/effect-transaction';
import type { PendingAssignment } from '@/lib/server/assignments/pending-assignment';
import { settleEffects } from '@/lib/server/assignments/settle-effects';
import { updateCourseAssignmentCount } from '@/lib/server/assignments/update-course-assignment-count';
import { updateInstructorStats } from '@/lib/server/assignments/update-instructor-stats';
import { classifyError } from '@/lib/server/classify-error';
import { log } from '@/lib/server/log';
import { processState } from '@/lib/server/process-state';
import { EFFECTS } from '@/lib/shared/assignment';

const GATHER_MS = 10;

type Queue = { waiting: Map<string, PendingAssignment>; running: Promise<void> | undefined };

const queue = processState<Queue>('pendingEffects', () => ({ waiting: new Map(), running: undefined }));

/**
 * Applies all pending effects of these assignments. Whatever waits in this process at one moment goes together, so
 * that many creates in one course change its counter once. Resolves when the queue is empty; what DynamoDB refused
 * stays listed in the sparse index for the sweeper.
 */
export function applyEffects(pending: PendingAssignment[], requestId: string): Promise<void> {
  for (const assignment of pending) {
    if (assignment.pendingEffects.size > 0) queue.waiting.set(assignment.assignmentId, assignment);
  }
  queue.running ??= drain(requestId);
  return queue.running;
}

/** Resolves when no effects wait in this process any more. */
export function effectsApplied(): Promise<void> {
  return queue.running ?? Promise.resolve();
}

async function drain(requestId: string): Promise<void> {
  try {
    // Creates that are answered at about the same time wait together, and their answers leave first.
    await new Promise((resolve) => setTimeout(resolve, GATHER_MS));
    while (queue.waiting.size > 0) await settleGroup(takeGroup(), requestId);
  } finally {
    // In the same turn as the last look at the queue: nobody can queue up behind a drain that is over.
    queue.running = undefined;
  }
}

/** Takes as many waiting assignments as one transaction holds. */
function takeGroup(): PendingAssignment[] {
  const group: PendingAssignment[] = [];
  const writes = new Set<string>();
  for (const [assignmentId, assignment] of queue.waiting) {
    const more = [
      assignmentId,
      `course#${assignment.courseId}`,
      `instructor#${assignment.createdBy.id}`,
      // A late event is listed as well.
      ...assignment.pendingEvents.flatMap(({ eventId }) => [eventId, `${eventId} late`]),
    ].filter((write) => !writes.has(write));
    if (group.length > 0 && writes.size + more.length > MAX_WRITES) break;
    for (const write of more) writes.add(write);
    group.push(assignment);
    queue.waiting.delete(assignmentId);
  }
  return group;
}

async function settleGroup(group: PendingAssignment[], requestId: string): Promise<void> {
  try {
    await settleEffects(group, EFFECTS, requestId);
  } catch (thrown) {
    const { code, message } = classifyError(thrown);
    const fields = { requestId, operation: 'applyEffects', code, reason: message, assignments: group.length };
    log.warn('effects refused together, applying each kind alone', fields);
    await settleApart(group, requestId);
  }
}

/** One refusing table must not hold back the others. Effects of one assignment go one after the other. */
async function settleApart(group: PendingAssignment[], requestId: string): Promise<void> {
  for (const [courseId, ofCourse] of groupBy(group, ({ courseId }) => courseId)) {
    await updateCourseAssignmentCount(courseId, requestId, ofCourse);
  }
  for (const [instructorId, ofInstructor] of groupBy(group, ({ createdBy }) => createdBy.id)) {
    await updateInstructorStats(instructorId, requestId, ofInstructor);
  }
  await settleEffects(group, ['audit'], requestId).catch((thrown) => {
    const { code, message } = classifyError(thrown);
    log.warn('audit events still pending', { requestId, operation: 'applyEffects', code, reason: message });
  });
}

function groupBy<Item>(items: Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}
