import * as z from 'zod';
import { BATCH_STATES } from '@/lib/shared/batch';
import { ROLES } from '@/lib/shared/permissions';

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

/** Sessions: a refused sign-in is an event with the outcome `failure`. */
export const SESSION_ACTIONS = ['SIGN_IN', 'SIGN_OUT'] as const;

/** Data that left the product as a file. */
export const EXPORT_ACTIONS = ['EXPORT_AUDIT_LOG', 'EXPORT_FAILED_ITEMS', 'EXPORT_REJECTED_ROWS'] as const;

/** Somebody looked at personal data that is masked otherwise. */
export const VIEW_ACTIONS = ['VIEW_PERSONAL_DATA'] as const;

/** Changes of how the product works. */
export const SETTING_ACTIONS = [
  'SAVE_MAPPING',
  'PLACE_LEGAL_HOLD',
  'RELEASE_LEGAL_HOLD',
  'PLAN_SHARDS',
  'OVERRIDE_BREAKER',
  'END_BREAKER_OVERRIDE',
  'ACKNOWLEDGE_ALERT',
  'SILENCE_ALERT',
  'SWITCH_RESPONSE',
  /** The product began, or ended, what people had switched on as an answer to an alert. */
  'START_RESPONSE',
  'END_RESPONSE',
] as const;

/** A check of the data's consistency was started, by somebody or by time. */
export const CHECK_ACTIONS = ['START_CHECK'] as const;

export const AUDIT_ACTIONS = [
  ...ASSIGNMENT_ACTIONS,
  ...BATCH_ACTIONS,
  ...FAILED_ITEM_EVENT_ACTIONS,
  ...REPAIR_ACTIONS,
  ...SESSION_ACTIONS,
  ...EXPORT_ACTIONS,
  ...VIEW_ACTIONS,
  ...SETTING_ACTIONS,
  ...CHECK_ACTIONS,
] as const;

export type AuditAction = (typeof AUDIT_ACTIONS)[number];

/** Roles that only the audit trail knows: the product itself, and somebody who has not signed in. */
export const AUDIT_ROLES = [...ROLES, 'system', 'anonymous'] as const;

/** Who did it. Session (a hash of it) and address are those of the request, where there was one. */
export const auditActorSchema = z.object({
  id: z.string(),
  role: z.enum(AUDIT_ROLES),
  department: z.string(),
  sessionId: z.string().optional(),
  ip: z.string().optional(),
});

export type AuditActor = z.infer<typeof auditActorSchema>;

/** Whoever an event can name as its author: a person, or the product itself. */
export type AuditAuthor = Pick<AuditActor, 'id' | 'role' | 'department'>;

/** The product itself, where nobody asked for what it did. */
export const SYSTEM: AuditAuthor = { id: 'system', role: 'system', department: '' };

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
  actor: auditActorSchema,
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

/** Somebody signed in or out, or was refused. The email is what was typed. */
export const sessionEventSchema = z.object({
  ...common,
  outcome: z.enum(['success', 'failure']),
  action: z.enum(SESSION_ACTIONS),
  resource: z.object({ kind: z.literal('user'), userId: z.string().nullable(), email: z.string() }),
  code: z.string().nullable(),
});

export type SessionEvent = z.infer<typeof sessionEventSchema>;

/** A file was downloaded: what was asked for, and how many rows it had, where that is known before it is sent. */
export const exportEventSchema = z.object({
  ...common,
  action: z.enum(EXPORT_ACTIONS),
  resource: z.object({
    kind: z.literal('export'),
    name: z.string(),
    filter: z.record(z.string(), z.string()),
  }),
  rows: z.int().nullable(),
});

export type ExportEvent = z.infer<typeof exportEventSchema>;

/** Somebody saw the clear personal data of an event, named by its reference. */
export const viewEventSchema = z.object({
  ...common,
  action: z.enum(VIEW_ACTIONS),
  resource: z.object({ kind: z.literal('audit_event'), ref: z.string() }),
  reason: z.string(),
});

/** A setting was changed. Secrets among its values are masked before they get here. */
export const settingEventSchema = z.object({
  ...common,
  action: z.enum(SETTING_ACTIONS),
  resource: z.object({ kind: z.literal('setting'), name: z.string() }),
  changes: z.record(z.string(), changeSchema),
  reason: z.string().optional(),
});

export type SettingEvent = z.infer<typeof settingEventSchema>;

export const checkEventSchema = z.object({
  ...common,
  action: z.enum(CHECK_ACTIONS),
  resource: z.object({ kind: z.literal('check'), runId: z.string() }),
  trigger: z.string(),
});

export type CheckEvent = z.infer<typeof checkEventSchema>;

/** One entry of the audit trail. */
export const auditEventSchema = z.discriminatedUnion('action', [
  assignmentEventSchema,
  batchEventSchema,
  failedItemEventSchema,
  repairEventSchema,
  sessionEventSchema,
  exportEventSchema,
  viewEventSchema,
  settingEventSchema,
  checkEventSchema,
]);

export type AuditEvent = z.infer<typeof auditEventSchema>;

/** What an event is about. */
export type AuditResource = AuditEvent['resource'];
