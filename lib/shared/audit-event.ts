import * as z from 'zod';
import { BATCH_STATES } from '@/lib/shared/batch';
import { authorSchema } from '@/lib/shared/session';

export const ASSIGNMENT_ACTIONS = [
  'CREATE_ASSIGNMENT',
  'UPDATE_ASSIGNMENT',
  'ARCHIVE_ASSIGNMENT',
  'RESTORE_ASSIGNMENT',
  'DELETE_ASSIGNMENT',
] as const;

export type AssignmentAction = (typeof ASSIGNMENT_ACTIONS)[number];

/** The life of a batch: what people did with it, and how it ended. */
export const BATCH_ACTIONS = [
  'UPLOAD_BATCH',
  'START_BATCH',
  'PAUSE_BATCH',
  'RESUME_BATCH',
  'CANCEL_BATCH',
  'UNDO_BATCH',
  'FINISH_BATCH',
  /** Something was asked for that runs over a list of targets. */
  'RETRY_FAILED_ITEMS',
  'DISCARD_FAILED_ITEMS',
  'SNOOZE_FAILED_ITEMS',
  'RESTORE_FAILED_ITEMS',
  'ROLL_BACK',
] as const;

export type BatchAction = (typeof BATCH_ACTIONS)[number];

/** What people did with a failed item. An attempt that failed again is an event as well. */
export const FAILED_ITEM_EVENT_ACTIONS = [
  'RETRY_FAILED_ITEM',
  'EDIT_FAILED_ITEM',
  'DISCARD_FAILED_ITEM',
  'SNOOZE_FAILED_ITEM',
  'RESTORE_FAILED_ITEM',
] as const;

export type FailedItemEventAction = (typeof FAILED_ITEM_EVENT_ACTIONS)[number];

/** Repairs of differences that the consistency check found. */
export const REPAIR_ACTIONS = ['REPAIR'] as const;

/** A text too long to be kept twice per event: its beginning, its length and the SHA-256 of the whole, in hex. */
const longTextSchema = z.object({ excerpt: z.string(), length: z.int(), sha256: z.string() });

/** One side of a change. */
export const auditValueSchema = z.union([z.string(), z.number(), z.boolean(), z.null(), longTextSchema]);

export type AuditValue = z.infer<typeof auditValueSchema>;

/** What one field held before and after; `before` is absent on creation. */
const changeSchema = z.object({ before: auditValueSchema.optional(), after: auditValueSchema });

export type AuditChange = z.infer<typeof changeSchema>;

/** What every event says. `schemaVersion` lets readers tell later shapes apart; `ttl` is the second (Unix time) after
 * which DynamoDB may delete the event. */
const common = {
  schemaVersion: z.literal(1),
  eventId: z.string(),
  outcome: z.literal('success'),
  actor: authorSchema,
  time: z.string(),
  requestId: z.string(),
  ttl: z.int(),
};

/** One change of one assignment; one that a batch made names the batch and the row. */
export const assignmentEventSchema = z.object({
  ...common,
  action: z.enum(ASSIGNMENT_ACTIONS),
  resource: z.object({
    kind: z.literal('assignment'),
    assignmentId: z.string(),
    courseId: z.string(),
    title: z.string(),
    type: z.string(),
  }),
  changes: z.record(z.string(), changeSchema),
  assignmentVersion: z.int(),
  batch: z.object({ batchId: z.string(), rowNumber: z.int() }).optional(),
  /** Why, where the person was asked. */
  reason: z.string().optional(),
});

export type AssignmentEvent = z.infer<typeof assignmentEventSchema>;

/** One step in the life of a batch, with its numbers at that moment. */
export const batchEventSchema = z.object({
  ...common,
  action: z.enum(BATCH_ACTIONS),
  resource: z.object({ kind: z.literal('batch'), batchId: z.string(), fileName: z.string() }),
  state: z.enum(BATCH_STATES),
  counts: z.record(z.string(), z.int()),
});

export type BatchEvent = z.infer<typeof batchEventSchema>;

/** One action on one failed item; `bulkId` names the batch that did it with others. */
export const failedItemEventSchema = z.object({
  ...common,
  outcome: z.enum(['success', 'failure']),
  action: z.enum(FAILED_ITEM_EVENT_ACTIONS),
  resource: z.object({
    kind: z.literal('failed_item'),
    id: z.string(),
    courseId: z.string(),
    title: z.string(),
    assignmentId: z.string().nullable(),
  }),
  changes: z.record(z.string(), changeSchema),
  reason: z.string().nullable(),
  code: z.string().nullable(),
  bulkId: z.string().nullable(),
});

export type FailedItemEvent = z.infer<typeof failedItemEventSchema>;

/** One repair of one difference: `invariant` is the rule that did not hold, `target` what it did not hold for. */
export const repairEventSchema = z.object({
  ...common,
  action: z.enum(REPAIR_ACTIONS),
  resource: z.object({ kind: z.literal('invariant'), invariant: z.string(), target: z.string() }),
  changes: z.record(z.string(), changeSchema),
  /** Why, where the person was asked. */
  reason: z.string().optional(),
});

export type RepairEvent = z.infer<typeof repairEventSchema>;

/** One entry of the audit trail. */
export const auditEventSchema = z.union([
  assignmentEventSchema,
  batchEventSchema,
  failedItemEventSchema,
  repairEventSchema,
]);

export type AuditEvent = z.infer<typeof auditEventSchema>;
