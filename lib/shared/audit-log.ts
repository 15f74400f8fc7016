import * as z from 'zod';
import { pageQuery } from '@/lib/shared/api';
import {
  AUDIT_ACTIONS,
  type AuditResource,
  auditActorSchema,
  auditEventSchema,
} from '@/lib/shared/audit-event';
import { sealSchema } from '@/lib/shared/audit-seal';
import { instantSchema } from '@/lib/shared/instant';

const words = (max: number) => z.string().trim().min(1).max(max);

/** Several actions are joined by commas: `SIGN_IN,SIGN_OUT`. */
const actionsSchema = z
  .string()
  .transform((text) => text.split(','))
  .pipe(z.array(z.enum(AUDIT_ACTIONS)).min(1).max(AUDIT_ACTIONS.length));

/** What narrows the trail down; everything given must hold. The API, the page's URL and exports share it. */
export const auditFilterSchema = z.object({
  /** User ID; `system` for the product itself. */
  actor: words(200).optional(),
  action: actionsSchema.optional(),
  /** Kind and ID with a colon between: `assignment:asg_1`. */
  resource: words(400)
    .regex(/^[a-z_]+:.+$/, 'Name kind and ID with a colon between, such as assignment:asg_1')
    .optional(),
  requestId: words(100).optional(),
  /** Error code of a failure, such as `THROTTLING`. */
  code: words(100).optional(),
  outcome: z.enum(['success', 'failure']).optional(),
  batchId: words(100).optional(),
  /** First and last instant, both included. */
  from: instantSchema.optional(),
  to: instantSchema.optional(),
});

export type AuditFilter = z.infer<typeof auditFilterSchema>;

export const AUDIT_ORDERS = ['newest', 'oldest'] as const;

export const auditListQuerySchema = auditFilterSchema.extend({
  order: z.enum(AUDIT_ORDERS).default('newest'),
  ...pageQuery,
});

export type AuditListQuery = z.infer<typeof auditListQuerySchema>;

/** An event as lists show it: everything but its field diff. Personal data is masked. */
export const auditEventEntrySchema = z.object({
  kind: z.literal('event'),
  ref: z.string(),
  action: z.enum(AUDIT_ACTIONS),
  outcome: z.enum(['success', 'failure']),
  actor: auditActorSchema,
  /** Checked per action where the event itself is read; here only for showing. */
  resource: z.custom<AuditResource>(
    (value) => typeof value === 'object' && value !== null && 'kind' in value,
  ),
  requestId: z.string(),
  time: z.string(),
  ingestedAt: z.string().nullable(),
  code: z.string().nullable(),
  reason: z.string().nullable(),
  /** The batch and row of an event that a batch made. */
  batch: z.object({ batchId: z.string(), rowNumber: z.int() }).nullable(),
  /** The batch that did it with other failed items. */
  bulkId: z.string().nullable(),
  /** Of batch events. */
  state: z.string().nullable(),
  counts: z.record(z.string(), z.int()).nullable(),
  /** Of exports: rows of the file. */
  rows: z.int().nullable(),
});

export type AuditEventEntry = z.infer<typeof auditEventEntrySchema>;

/**
 * Rows that one batch wrote, of which each is an event: one line that can be expanded. Segments of the same batch and
 * action on one page are one entry; the next page may go on with the same.
 */
export const auditRowsEntrySchema = z.object({
  kind: z.literal('rows'),
  action: z.enum(['CREATE_ASSIGNMENT', 'DELETE_ASSIGNMENT']),
  /** The batch that did it, and the one that the rows come from: for an undo they differ. */
  batchId: z.string(),
  sourceBatchId: z.string(),
  fileName: z.string().nullable(),
  actor: auditActorSchema,
  requestId: z.string(),
  rows: z.int(),
  segments: z.int(),
  firstTime: z.string(),
  lastTime: z.string(),
});

export type AuditRowsEntry = z.infer<typeof auditRowsEntrySchema>;

export const auditEntrySchema = z.discriminatedUnion('kind', [auditEventEntrySchema, auditRowsEntrySchema]);

export type AuditEntry = z.infer<typeof auditEntrySchema>;

/** The index that a page was read from. */
export const AUDIT_INDEXES = ['time', 'actor', 'resource', 'request', 'batch', 'errors'] as const;

export type AuditIndex = (typeof AUDIT_INDEXES)[number];

/** Names of people by user ID, for those on the page. */
const peopleSchema = z.record(z.string(), z.object({ name: z.string() }));

/** What `GET /api/audit-log` answers. */
export const auditPageSchema = z.object({
  items: z.array(auditEntrySchema),
  cursor: z.string().nullable(),
  /** Stored items that were read for this page. */
  scanned: z.int(),
  /** Events that the whole filter matches, or that its index holds for the time where nobody knows better. */
  estimate: z.object({ count: z.int(), isExact: z.boolean() }),
  index: z.enum(AUDIT_INDEXES),
  /** The search stopped because it had read enough; there may be more behind the cursor. */
  stoppedEarly: z.boolean(),
  /** Up to where it has looked, when it stopped early: an instant. */
  reachedTime: z.string().nullable(),
  people: peopleSchema,
});

export type AuditPage = z.infer<typeof auditPageSchema>;

/** The rows of a rows entry: `GET /api/audit-log/segments/{batchId}`. */
export const auditSegmentQuerySchema = z.object({
  action: z.enum(['CREATE_ASSIGNMENT', 'DELETE_ASSIGNMENT']).default('CREATE_ASSIGNMENT'),
  ...pageQuery,
});

export const auditSegmentPageSchema = z.object({
  items: z.array(auditEventEntrySchema),
  cursor: z.string().nullable(),
  people: peopleSchema,
});

export type AuditSegmentPage = z.infer<typeof auditSegmentPageSchema>;

/** `GET /api/audit-log/histogram`: the filter, and into how many bars at most. */
export const auditHistogramQuerySchema = auditFilterSchema.extend({
  bars: z.coerce.number().int().min(1).max(200).default(60),
});

export const auditHistogramSchema = z.object({
  /** Bars follow each other without gaps; `to` is the `from` of the next. `failures` are part of `count`. */
  bars: z.array(z.object({ from: z.string(), to: z.string(), count: z.int(), failures: z.int() })),
  /** False where counting ended early: it goes from the oldest on, so the later bars are not complete. */
  isExact: z.boolean(),
  total: z.int(),
});

export type AuditHistogram = z.infer<typeof auditHistogramSchema>;

/** `?email=...` asks for the one person with this email. */
export const auditActorsQuerySchema = z.object({ email: z.email().optional() });

/** `GET /api/audit-log/actors`: who was active this month and last, most active first. */
export const auditActorsSchema = z.object({
  actors: z.array(
    z.object({ id: z.string(), name: z.string().nullable(), role: z.string(), events: z.int() }),
  ),
});

export type AuditActors = z.infer<typeof auditActorsSchema>;

const inclusionSchema = z.object({
  /** The seal of the hour that covers the event. */
  seal: sealSchema,
  /** Position of the leaf, and hashes (hex) from the leaf's sibling up to the root. */
  position: z.int(),
  path: z.array(z.string()),
});

export type Inclusion = z.infer<typeof inclusionSchema>;

/** `GET /api/audit-log/{ref}`: the event, the stored bytes that hold it, and the proof that they are sealed. */
export const auditEventDetailSchema = z.object({
  ref: z.string(),
  event: auditEventSchema,
  /** When it was written; null for events that were stored before this was kept. */
  ingestedAt: z.string().nullable(),
  /** Whether personal data is shown as stored. */
  isClear: z.boolean(),
  /** The canonical record (see audit-seal.ts); null where it would show masked data. */
  record: z.string().nullable(),
  /** SHA-256 (hex) of the leaf of that record. */
  leaf: z.string(),
  /** Null while the hour is not sealed yet. */
  inclusion: inclusionSchema.nullable(),
  /** When the seal is to be expected, where there is none. */
  sealedFrom: z.string().nullable(),
  people: peopleSchema,
});

export type AuditEventDetail = z.infer<typeof auditEventDetailSchema>;

/** `?clear=yes&reason=...` shows personal data, and is an event itself. */
export const auditEventQuerySchema = z.object({
  clear: z.enum(['yes', 'no']).default('no'),
  reason: words(500).optional(),
});

/** `GET /api/audit-log/gaps`: events that the audit table has not taken yet. */
export const auditGapsSchema = z.object({
  pending: z.int(),
  /** There are more than were counted. */
  isAtLeast: z.boolean(),
  /** Instant of the oldest. */
  oldest: z.string().nullable(),
  mode: z.enum(['lenient', 'strict']),
});

export type AuditGaps = z.infer<typeof auditGapsSchema>;

/** `GET|POST /api/audit-log/legal-hold`: while a hold is on, no event expires. */
export const legalHoldSchema = z.object({
  isOn: z.boolean(),
  reason: z.string().nullable(),
  /** Who changed it last, and when. */
  by: z.string().nullable(),
  at: z.string().nullable(),
  /** How far stored events have followed: hours done of hours there are. */
  hoursDone: z.int(),
  hours: z.int(),
});

export type LegalHold = z.infer<typeof legalHoldSchema>;

export const legalHoldChangeSchema = z.object({ isOn: z.boolean(), reason: words(500) });

export const EXPORT_FORMATS = ['csv', 'ndjson'] as const;

/** `GET /api/audit-log/export`: the filter, and `after` a reference to go on behind the last line of a broken download. */
export const auditExportQuerySchema = auditFilterSchema.extend({
  format: z.enum(EXPORT_FORMATS).default('csv'),
  order: z.enum(AUDIT_ORDERS).default('oldest'),
  after: words(200).optional(),
});

export type AuditExportQuery = z.infer<typeof auditExportQuerySchema>;

/** `GET /api/audit-log/export/plan`: how many rows the file will have; `to` is the frozen end of its time. */
export const auditExportPlanSchema = z.object({ rows: z.int(), to: z.string() });

export type AuditExportPlan = z.infer<typeof auditExportPlanSchema>;

/** The last line of an export: what it is, so that it can be checked alone. */
export const exportManifestSchema = z.object({
  filter: z.record(z.string(), z.string()),
  format: z.enum(EXPORT_FORMATS),
  rows: z.int(),
  /** Of all bytes before the line of the manifest, hex. */
  sha256: z.string(),
  exportedAt: z.string(),
  /** The newest seal: it proves that nothing before it was cut off. */
  newestSeal: sealSchema.nullable(),
});

export type ExportManifest = z.infer<typeof exportManifestSchema>;
