import { toAssignment } from '@/lib/server/assignments/assignment-item';
import { readAssignmentItem } from '@/lib/server/rollbacks/read-target';
import { type Assignment, EFFECTS, type Effect } from '@/lib/shared/assignment';
import { CANNOT, type CreatePlan, type CreateWay, type RollbackStep } from '@/lib/shared/rollback';

type Input = { assignmentId: string; way: CreateWay };

const APPLY_STEPS: Record<Effect, RollbackStep> = {
  course: 'apply_course',
  instructor: 'apply_instructor',
  audit: 'apply_audit',
};

/** What a deletion leaves behind, in words for people. */
const STAYS_BEHIND = [
  'The audit trail keeps the creation and the deletion',
  'The time of the last addition stays as it is at the course and the instructor',
];

/**
 * What putting right a create would do of which a part is pending: apply what is missing, or take the rest away.
 * @throws {AppError} what DynamoDB answered
 */
export async function planCreate({ assignmentId, way }: Input, requestId: string): Promise<CreatePlan> {
  const item = await readAssignmentItem(assignmentId, requestId);
  return createPlan({ assignmentId, way }, item && toAssignment(item));
}

/** The same for an assignment that was read just now. */
export function createPlan({ assignmentId, way }: Input, assignment: Assignment | undefined): CreatePlan {
  const plan = {
    kind: 'create' as const,
    way,
    assignmentId,
    isComplete: true,
    asOf: new Date().toISOString(),
  };
  const nothing = { will: [], cannot: [] };
  if (!assignment) return { ...plan, ...nothing, assignment: null, blocked: CANNOT.gone };
  const { title, courseId, version, createdAt, pendingEffects } = assignment;
  const facts = { ...plan, assignment: { title, courseId, version, createdAt, pendingEffects } };
  const blocked = whyBlocked(way, assignment);
  if (blocked !== null) return { ...facts, ...nothing, blocked };
  const steps = way === 'apply' ? applySteps(assignment) : compensateSteps(assignment);
  return {
    ...facts,
    blocked,
    will: steps.map((step) => ({ step, count: 1 })),
    cannot: way === 'apply' ? [] : STAYS_BEHIND.map((reason) => ({ reason, count: 1 })),
  };
}

/** Taking away is for a create that nobody has built upon; what is complete is archived instead. */
function whyBlocked(way: CreateWay, { pendingEffects, version, batchId }: Assignment): string | null {
  if (pendingEffects.length === 0) return 'Its creation is complete: nothing is pending';
  if (way === 'apply') return null;
  if (batchId !== undefined) return CANNOT.batch_row;
  return version === 1 ? null : 'It was changed since it was created, and that change would be lost';
}

function applySteps({ pendingEffects }: Assignment): RollbackStep[] {
  return EFFECTS.filter((effect) => pendingEffects.includes(effect)).map((effect) => APPLY_STEPS[effect]);
}

/** Counters go down only where they had gone up. */
function compensateSteps({ pendingEffects }: Assignment): RollbackStep[] {
  return [
    'delete',
    ...(pendingEffects.includes('course') ? [] : ['count_down_course' as const]),
    ...(pendingEffects.includes('instructor') ? [] : ['count_down_instructor' as const]),
  ];
}
