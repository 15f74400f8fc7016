import { createHash } from 'node:crypto';
import { creationEvent } from '@/lib/server/audit-log/assignment-event';
import {
  type Assignment,
  type AssignmentSummary,
  assignmentSchema,
  assignmentSummarySchema,
  type Effect,
} from '@/lib/shared/assignment';
import type { AssignmentEvent } from '@/lib/shared/audit-event';

/** Sort key of assignments without a due date: after every date. */
export const NO_DUE_DATE = '9999';

const PENDING_SHARDS = 4;

/** Every value of the partition key of the sparse index of pending effects. */
export const PENDING_SHARD_KEYS = Array.from({ length: PENDING_SHARDS }, (_, shard) => `P#${shard}`);

/** What names an intended write: its token, and a hash of its content to tell another form under the same token. */
export type WriteIdentity = { writeToken: string; contentHash: string };

/** What the table holds: the assignment, the keys of its indexes and what is still to be done about it. */
export type AssignmentItem = Omit<Assignment, 'pendingEffects'> &
  WriteIdentity & {
    instructorId: string;
    dueKey: string;
    titleKey: string;
    pendingEffects?: Set<Effect>;
    pendingEvents?: AssignmentEvent[];
    pendingShard?: string;
    pendingSince?: string;
  };

/**
 * Completes a new assignment into the item that is written. Where its audit event is among the pending effects, the
 * item carries that event until the audit table takes it.
 */
export function toItem(assignment: Assignment, identity: WriteIdentity): AssignmentItem {
  const { pendingEffects, ...content } = assignment;
  return {
    ...content,
    ...identity,
    instructorId: assignment.createdBy.id,
    dueKey: dueKey(assignment),
    titleKey: titleKey(assignment.title),
    ...(pendingEffects.includes('audit') ? { pendingEvents: [creationEvent(assignment)] } : {}),
    ...(pendingEffects.length > 0
      ? {
          pendingEffects: new Set(pendingEffects),
          pendingShard: pendingShard(assignment.assignmentId),
          pendingSince: assignment.createdAt,
        }
      : {}),
  };
}

/** Parses a stored item into the assignment that the API shows. */
export function toAssignment(item: Record<string, unknown>): Assignment {
  const { pendingEffects } = item;
  return assignmentSchema.parse({
    ...item,
    pendingEffects: pendingEffects instanceof Set ? [...pendingEffects] : [],
  });
}

/** Parses an item of an index into what lists show. */
export function toSummary(item: Record<string, unknown>): AssignmentSummary {
  return assignmentSummarySchema.parse(item);
}

/** The partition of the sparse index that lists this assignment while effects are pending. */
export function pendingShard(assignmentId: string): string {
  return `P#${createHash('sha256').update(assignmentId).digest().readUInt8(0) % PENDING_SHARDS}`;
}

/** The sort key of both lists: due date, then id; assignments without a due date come last. */
export function dueKey({ dueAt, assignmentId }: Pick<Assignment, 'dueAt' | 'assignmentId'>): string {
  return `${dueAt ?? NO_DUE_DATE}#${assignmentId}`;
}

/** A title as prefix search compares it: without case. */
export function titleKey(title: string): string {
  return title.normalize('NFC').toLowerCase();
}
