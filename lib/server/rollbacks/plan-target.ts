import { type Assignment, assignmentSchema, CONTENT_FIELDS } from '@/lib/shared/assignment';
import type { AssignmentEvent, AuditValue } from '@/lib/shared/audit-event';
import type { CannotReason, TargetStep } from '@/lib/shared/rollback';

/** Everything that one person did between two instants, both included. */
export type Deeds = { actorId: string; from: string; to: string };

/** What one assignment is at this moment, and its events since the deeds began, newest first. */
export type TargetFacts = { current: Assignment | undefined; history: AssignmentEvent[] };

/** What a rollback makes of one assignment: a step towards `after`, or the reason why it stays as it is. */
export type TargetPlan = { isPartial: boolean } & (
  | { step: 'delete'; before: Assignment }
  | { step: Exclude<TargetStep, 'delete'>; before: Assignment; after: Assignment }
  | { step: null; reason: CannotReason }
);

/**
 * Plans one assignment. Only what is still as the person left it is taken back: their last changes in a row, as far as
 * nobody came after them. Following them back gives what it was before, field by field.
 */
export function planTarget({ current, history }: TargetFacts, deeds: Deeds): TargetPlan {
  const isDeed = (event: AssignmentEvent) => isDeedOf(event, deeds);
  const run = runOf(history, isDeed);
  const isPartial = history.slice(run.length).some(isDeed);
  const stays = (reason: CannotReason): TargetPlan => ({ step: null, reason, isPartial: false });
  if (!current) return stays(run[0]?.action === 'DELETE_ASSIGNMENT' ? 'deleted' : 'gone');
  if (run.length === 0) return stays(whyNotTheLast(current, history, deeds));
  if (!isUnbroken(run, current)) return stays('incomplete');

  const first = run.at(-1);
  if (first?.action === 'CREATE_ASSIGNMENT') {
    if (current.batchId !== undefined) return stays('batch_row');
    return { step: 'delete', before: current, isPartial };
  }
  const after = stateBefore(run, current);
  if (typeof after === 'string') return stays(after);
  const step = stepTo(current, after);
  return step ? { step, before: current, after, isPartial } : stays('already');
}

/** Whether an event is one of the deeds. */
export function isDeedOf({ actor, time }: AssignmentEvent, { actorId, from, to }: Deeds): boolean {
  return actor.id === actorId && time >= from && time <= to;
}

/** The newest events as long as they are deeds, not past the creation: before it there was another assignment, or none. */
function runOf(history: AssignmentEvent[], isDeed: (event: AssignmentEvent) => boolean): AssignmentEvent[] {
  const end = history.findIndex((event) => !isDeed(event));
  const deeds = end === -1 ? history : history.slice(0, end);
  const creation = deeds.findIndex(({ action }) => action === 'CREATE_ASSIGNMENT');
  return creation === -1 ? deeds : deeds.slice(0, creation + 1);
}

/** What came after the deeds has taken them back, or is a change that must not be lost. */
function whyNotTheLast(current: Assignment, history: AssignmentEvent[], deeds: Deeds): CannotReason {
  const [newest] = history;
  const start = history.findIndex((event) => isDeedOf(event, deeds));
  if (!newest || start === -1) return 'incomplete';
  const run = runOf(history.slice(start), (event) => isDeedOf(event, deeds));
  if (run.at(-1)?.action !== 'CREATE_ASSIGNMENT') {
    const before = stateBefore(run, current);
    if (typeof before !== 'string' && stepTo(current, before) === null) return 'already';
  }
  return newest.actor.id === deeds.actorId ? 'changed_later' : 'changed_since';
}

/** Each event is followed by the next one, and the last by what is stored: nothing is missing in between. */
function isUnbroken(run: AssignmentEvent[], current: Assignment): boolean {
  return run.every(({ assignmentVersion }, position) => assignmentVersion === current.version - position);
}

/** The content before the oldest of these changes, or why it is not known. */
function stateBefore(run: AssignmentEvent[], current: Assignment): Assignment | CannotReason {
  const values: Record<string, AuditValue> = {};
  for (const { changes } of run) {
    for (const [field, { before }] of Object.entries(changes)) {
      if (before === undefined) return 'incomplete';
      values[field] = before;
    }
  }
  if (Object.values(values).some((value) => typeof value === 'object' && value !== null)) return 'long_text';
  return assignmentSchema.safeParse({ ...current, ...values }).data ?? 'incomplete';
}

function stepTo(current: Assignment, after: Assignment): Exclude<TargetStep, 'delete'> | null {
  const changed = CONTENT_FIELDS.filter((field) => current[field] !== after[field]);
  if (changed.length === 0) return null;
  if (changed.length > 1 || changed[0] !== 'status') return 'set_back';
  if (after.status === 'archived') return 'archive';
  return current.status === 'archived' ? 'restore' : 'set_back';
}
