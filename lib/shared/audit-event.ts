import * as z from 'zod';
import { authorSchema } from '@/lib/shared/session';

export const AUDIT_ACTIONS = [
  'CREATE_ASSIGNMENT',
  'UPDATE_ASSIGNMENT',
  'ARCHIVE_ASSIGNMENT',
  'RESTORE_ASSIGNMENT',
] as const;

export type AuditAction = (typeof AUDIT_ACTIONS)[number];

/** A text too long to be kept twice per event: its beginning, its length and the SHA-256 of the whole, in hex. */
const longTextSchema = z.object({ excerpt: z.string(), length: z.int(), sha256: z.string() });

const valueSchema = z.union([z.string(), z.number(), z.boolean(), z.null(), longTextSchema]);

export type AuditValue = z.infer<typeof valueSchema>;

/** What one field held before and after; `before` is absent on creation. */
const changeSchema = z.object({ before: valueSchema.optional(), after: valueSchema });

export type AuditChange = z.infer<typeof changeSchema>;

/**
 * One entry of the audit trail. `schemaVersion` lets readers tell later shapes apart; `ttl` is the second (Unix
 * time) after which DynamoDB may delete the event.
 */
export const auditEventSchema = z.object({
  schemaVersion: z.literal(1),
  eventId: z.string(),
  action: z.enum(AUDIT_ACTIONS),
  outcome: z.literal('success'),
  actor: authorSchema,
  resource: z.object({
    kind: z.literal('assignment'),
    assignmentId: z.string(),
    courseId: z.string(),
    title: z.string(),
    type: z.string(),
  }),
  changes: z.record(z.string(), changeSchema),
  assignmentVersion: z.int(),
  time: z.string(),
  requestId: z.string(),
  ttl: z.int(),
});

export type AuditEvent = z.infer<typeof auditEventSchema>;
