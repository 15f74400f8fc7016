import type { Effect } from '@/lib/shared/assignment';
import type { CreateWay, RollbackStep } from '@/lib/shared/rollback';

/** What a step does, as a list of a plan says it: "12 assignments are deleted". */
export const STEP_SENTENCES: Record<RollbackStep, { one: string; many: string }> = {
  apply_course: { one: 'The assignment is counted at its course', many: 'are counted at their courses' },
  apply_instructor: {
    one: 'The assignment is counted at its instructor',
    many: 'are counted at their instructors',
  },
  apply_audit: { one: 'Its audit events are written', many: 'get their audit events' },
  delete: { one: 'assignment is deleted', many: 'assignments are deleted' },
  count_down_course: { one: 'The count of its course goes down by one', many: 'are counted off' },
  count_down_instructor: { one: 'The count of its instructor goes down by one', many: 'are counted off' },
  set_back: {
    one: 'assignment is set back to what it was',
    many: 'assignments are set back to what they were',
  },
  archive: { one: 'assignment is archived again', many: 'assignments are archived again' },
  restore: {
    one: 'assignment is taken out of the archive',
    many: 'assignments are taken out of the archive',
  },
};

/** What would become of one assignment. */
export const STEP_LABELS = {
  delete: 'Delete',
  set_back: 'Set back',
  archive: 'Archive again',
  restore: 'Take out of the archive',
} as const;

export const WAY_LABELS: Record<CreateWay, string> = {
  apply: 'Write what is missing',
  compensate: 'Take the assignment away',
};

export const EFFECT_LABELS: Record<Effect, string> = {
  course: 'the count of the course',
  instructor: 'the count of the instructor',
  audit: 'the audit event',
};

export const batchPath = (batchId: string) => `/batches/${encodeURIComponent(batchId)}`;

export const assignmentPath = (assignmentId: string) => `/assignments/${encodeURIComponent(assignmentId)}`;

export const batchRollbackPath = (batchId: string) =>
  `/rollbacks?${new URLSearchParams({ kind: 'batch', batchId })}`;
