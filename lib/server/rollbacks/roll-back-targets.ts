import * as z from 'zod';
import { changeAssignment } from '@/lib/server/assignments/change-assignment';
import type { Act, Acting } from '@/lib/server/batches/bulk/act';
import { classifyError } from '@/lib/server/classify-error';
import { deleteAssignment } from '@/lib/server/rollbacks/delete-assignment';
import { type Deeds, planTarget, type TargetPlan } from '@/lib/server/rollbacks/plan-target';
import { readTarget, type Target } from '@/lib/server/rollbacks/read-target';
import type { AppError, ErrorCode } from '@/lib/shared/app-error';
import type { Assignment } from '@/lib/shared/assignment';
import type { TargetResult } from '@/lib/shared/batch';
import { CANNOT, type TargetStep } from '@/lib/shared/rollback';
import { authorSchema } from '@/lib/shared/session';

/** What a batch of kind `rollback` keeps: whose deeds it takes back. Its targets are assignment IDs. */
const deedsSchema = z.object({ actorId: z.string(), from: z.string(), to: z.string() });

/** Assignments that are worked on at the same time. */
const AT_ONCE = 5;

/** How often an assignment may change under our hands before it is left alone. */
const MOST_ROUNDS = 3;

const DONE: Record<TargetStep, string> = {
  delete: 'Deleted',
  set_back: 'Set back',
  archive: 'Archived again',
  restore: 'Taken out of the archive',
};

/**
 * Takes back what a person did to these assignments. Each is planned anew from its history when its turn comes, so that
 * what changed since the preview stays; a step that an attempt whose process was killed had done is found, not done again.
 * @throws {AppError} where no assignment is to blame: then the batch waits
 */
export const rollBackTargets: Act = async (targets, acting) => {
  const deeds = deedsSchema.parse(acting.batch.settings);
  const results: TargetResult[] = [];
  for (let at = 0; at < targets.length; at += AT_ONCE) {
    const slice = targets.slice(at, at + AT_ONCE);
    const ended = await Promise.allSettled(slice.map((target) => rollBackTarget(target, { deeds, acting })));
    for (const end of ended) {
      if (end.status === 'rejected') throw end.reason;
      if (end.value) results.push(end.value);
    }
  }
  return results;
};

type Deed = { deeds: Deeds; acting: Acting };

async function rollBackTarget(assignmentId: string, deed: Deed): Promise<TargetResult | undefined> {
  for (let round = 1; ; round++) {
    try {
      return await tryTarget(assignmentId, deed);
    } catch (thrown) {
      const { code, message } = ownFailure(thrown);
      if (code !== 'VALIDATION_ERROR' && round < MOST_ROUNDS) continue;
      return { target: assignmentId, outcome: 'failed', code, message };
    }
  }
}

/** The failure that this assignment is to blame for: it changed under our hands, or cannot be what it was. */
function ownFailure(thrown: unknown): AppError {
  const error = classifyError(thrown);
  if (OWN_FAILURES.includes(error.code)) return error;
  throw error;
}

const OWN_FAILURES: readonly ErrorCode[] = ['CONDITIONAL_FAILED', 'NOT_FOUND', 'VALIDATION_ERROR'];

async function tryTarget(target: string, { deeds, acting }: Deed): Promise<TargetResult | undefined> {
  const { requestId } = acting.batch;
  const facts = await readTarget(target, deeds.from, requestId);
  if (isOwnWork(facts, requestId)) return succeeded(target, 'Rolled back');
  const plan = planTarget(facts, deeds);
  if (plan.step === null) {
    const { reason } = plan;
    return { target, outcome: 'skipped', code: reason.toUpperCase(), message: CANNOT[reason] };
  }
  if (!acting.mayGoOn()) return undefined;
  await carryOut(plan, facts, acting);
  return succeeded(target, DONE[plan.step]);
}

/** The last change of the assignment was made by this batch: only its answer, or its process, was lost. */
function isOwnWork({ current, history, changeToken }: Target, requestId: string): boolean {
  if (current) return changeToken === requestId;
  return history[0]?.action === 'DELETE_ASSIGNMENT' && history[0].requestId === requestId;
}

/** The event of restoring says "as a draft", so what is published again is an edit. */
function actionOf(step: Exclude<TargetStep, 'delete'>, { status }: Assignment) {
  if (step === 'archive') return 'ARCHIVE_ASSIGNMENT';
  return step === 'restore' && status === 'draft' ? 'RESTORE_ASSIGNMENT' : 'UPDATE_ASSIGNMENT';
}

async function carryOut(
  plan: Exclude<TargetPlan, { step: null }>,
  { item }: Target,
  { batch }: Acting,
): Promise<void> {
  const { requestId, reason } = batch;
  // Only people roll back.
  const author = authorSchema.parse(batch.createdBy);
  if (plan.step === 'delete') {
    if (item) await deleteAssignment(item, { author, requestId, reason: reason ?? '' });
    return;
  }
  const { before, after } = plan;
  await changeAssignment({
    action: actionOf(plan.step, after),
    assignmentId: before.assignmentId,
    version: before.version,
    // Whoever may run a rollback may enter every course.
    actor: { ...author, courseIds: [before.courseId] },
    requestId,
    next: (current) => ({ ...after, pendingEffects: current.pendingEffects }),
  });
}

const succeeded = (target: string, message: string): TargetResult => ({
  target,
  outcome: 'succeeded',
  code: null,
  message,
});
