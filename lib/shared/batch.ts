import * as z from 'zod';
import { pageQuery } from '@/lib/shared/api';
import { newAssignmentSchema } from '@/lib/shared/assignment';
import { mappingSchema } from '@/lib/shared/batch-mapping';
import { starterSchema } from '@/lib/shared/session';

export const BATCH_STATES = [
  'receiving',
  'ready',
  'running',
  'paused',
  'cancelling',
  'cancelled',
  'done',
  'done_with_failures',
  'undoing',
  'undone',
  'failed_to_receive',
] as const;

export type BatchState = (typeof BATCH_STATES)[number];

/** States in which nothing will happen any more by itself. `ready` and `paused` wait for a person. */
export const FINAL_STATES = [
  'cancelled',
  'done',
  'done_with_failures',
  'undone',
  'failed_to_receive',
] as const satisfies readonly BatchState[];

export function isFinal(state: BatchState): boolean {
  const states: readonly BatchState[] = FINAL_STATES;
  return states.includes(state);
}

/**
 * An `undo` takes back what an `import` created; both run over rows. `retry`, `discard`, `snooze` and `restore` run over
 * failed items, a `rollback` over the assignments that somebody changed.
 */
export const BATCH_KINDS = ['import', 'undo', 'retry', 'discard', 'snooze', 'restore', 'rollback'] as const;

export type BatchKind = (typeof BATCH_KINDS)[number];

export const FILE_FORMATS = ['csv', 'json', 'ndjson'] as const;

export type FileFormat = (typeof FILE_FORMATS)[number];

/** What happens to a row whose own assignment ID belongs to another assignment already. */
export const TAKEN_ID_POLICIES = ['reject', 'skip', 'new_id'] as const;

export type TakenIdPolicy = (typeof TAKEN_ID_POLICIES)[number];

/**
 * Why a row was not created: an error code of the error reference, or `SKIPPED` (its ID exists and the batch skips
 * those) `CANCELLED` (the batch ended before its turn) or `DISCARDED` (it had failed, and somebody gave it up).
 */
export const ROW_REJECTION_CODES = [
  'VALIDATION_ERROR',
  'FORBIDDEN',
  'CONDITIONAL_FAILED',
  'SKIPPED',
  'CANCELLED',
  'DISCARDED',
] as const;

export type RowRejectionCode = (typeof ROW_REJECTION_CODES)[number];

/** Limits of an accepted file; every refusal names the one it met. */
export const UPLOAD_LIMITS = {
  sizeBytes: 512 * 1024 * 1024,
  expandedBytes: 1024 * 1024 * 1024,
  /** How many times larger a gzip-encoded file may become, once it is larger than a megabyte. */
  expansionRatio: 200,
  rows: 1_000_000,
  columns: 200,
  /** Characters of one cell: what a spreadsheet cell holds. */
  fieldLength: 32_767,
  /** Characters of one row. */
  rowLength: 65_536,
} as const;

/** Rows of a file that share an outcome and its reason. `rowNumbers` are the first few, as in the person's file. */
export const causeSchema = z.object({
  outcome: z.enum(['rejected', 'failed', 'skipped']),
  code: z.string(),
  field: z.string().nullable(),
  message: z.string(),
  count: z.int(),
  rowNumbers: z.array(z.int()),
});

export type Cause = z.infer<typeof causeSchema>;

const problemSchema = z.object({ code: z.string(), message: z.string(), since: z.string() });

/** Kinds that run over a list of targets, frozen when somebody asked for it, instead of the rows of a file. */
export const BULK_KINDS = [
  'retry',
  'discard',
  'snooze',
  'restore',
  'rollback',
] as const satisfies readonly BatchKind[];

export type BulkKind = (typeof BULK_KINDS)[number];

export function isBulk(kind: BatchKind): kind is BulkKind {
  const kinds: readonly BatchKind[] = BULK_KINDS;
  return kinds.includes(kind);
}

/** The problem of a batch whose first few targets failed: it has paused by itself. */
export const CANARY_FAILED = 'CANARY_FAILED';

/**
 * A run over the rows of a file, or over a list of targets. Its equation holds at every moment: `rows = created + rejected
 * + failed + waiting` for an import, `rows = deleted + kept + waiting` for an undo, `rows = succeeded + skipped + failed +
 * waiting` for the others. While `receiving`, `rows` grows.
 */
export const batchSchema = z.object({
  batchId: z.string(),
  kind: z.enum(BATCH_KINDS),
  state: z.enum(BATCH_STATES),
  fileName: z.string(),
  format: z.enum(FILE_FORMATS),
  sizeBytes: z.int(),
  /** Of the file as it was sent, in hex; empty while receiving. */
  sha256: z.string(),
  takenIds: z.enum(TAKEN_ID_POLICIES),
  rows: z.int(),
  created: z.int(),
  rejected: z.int(),
  failed: z.int(),
  waiting: z.int(),
  deleted: z.int(),
  kept: z.int(),
  succeeded: z.int().default(0),
  skipped: z.int().default(0),
  chunks: z.int(),
  /** Why somebody asked for it: of bulk kinds, and of an undo that was planned as a rollback. */
  reason: z.string().nullable().default(null),
  /** A few targets that go first: the others follow only once they have `passed`, or somebody resumed after they `failed`. */
  canary: z.enum(['waiting', 'passed', 'failed']).nullable().default(null),
  createdBy: starterSchema,
  createdAt: z.string(),
  startedAt: z.string().nullable(),
  finishedAt: z.string().nullable(),
  updatedAt: z.string(),
  /** What keeps the batch from going on at this moment; it tries again by itself. */
  problem: problemSchema.nullable(),
  /** Why the file was not accepted (`failed_to_receive`). */
  failure: z.object({ code: z.string(), message: z.string() }).nullable(),
  /** The batch whose rejected rows this file corrects, and the batches that corrected this one. */
  corrects: z.string().nullable(),
  correctedBy: z.array(z.string()),
  /** Of an undo: the batch it takes back. Of an import: the undo that took it back. */
  undoes: z.string().nullable(),
  undoneBy: z.string().nullable(),
});

export type Batch = z.infer<typeof batchSchema>;

/** How fast a batch goes now, over the last half minute; null where it does not run or it is too early to say. */
export const ratesSchema = z.object({
  rowsPerSecond: z.number().nullable(),
  /** Share (0 to 1) of the items sent that DynamoDB refused for its throughput. */
  throttledShare: z.number().nullable(),
  secondsLeft: z.number().nullable(),
});

/** What `GET /api/batches/{batchId}` answers. `asOf` is the moment of the reading. */
export const batchDetailSchema = batchSchema.extend({
  rates: ratesSchema,
  causes: z.array(causeSchema),
  asOf: z.string(),
});

export type BatchDetail = z.infer<typeof batchDetailSchema>;

const rowReference = { rowNumber: z.int(), courseId: z.string(), title: z.string() };

/** What an accepted file holds, before anything is written. Lists are the first few; counts are complete. */
export const previewSchema = z.object({
  encoding: z.string(),
  /** Of a CSV file. */
  delimiter: z.string().nullable(),
  columns: z.array(z.string()),
  ignoredColumns: z.array(z.string()),
  mapping: mappingSchema,
  /** The template or saved mapping that was recognised. */
  mappingName: z.string().nullable(),
  valid: z.int(),
  rejected: z.int(),
  courseCount: z.int(),
  byCourse: z.array(z.object({ courseId: z.string(), valid: z.int(), rejected: z.int() })),
  byType: z.array(z.object({ type: z.string(), valid: z.int() })),
  causes: z.array(causeSchema),
  sample: z.array(
    z.object({
      rowNumber: z.int(),
      assignmentId: z.string().nullable(),
      assignment: newAssignmentSchema,
    }),
  ),
  /** Rows equal to an earlier row of the file in course, title, type and due date. */
  duplicates: z.object({
    count: z.int(),
    examples: z.array(z.object({ ...rowReference, firstRowNumber: z.int() })),
  }),
  /** Rows equal to an assignment that exists; `isComplete` is false where only a part could be compared. */
  existing: z.object({
    count: z.int(),
    isComplete: z.boolean(),
    examples: z.array(z.object({ ...rowReference, assignmentId: z.string() })),
  }),
  estimate: z.object({ writeUnits: z.int(), seconds: z.number() }),
});

export type Preview = z.infer<typeof previewSchema>;

/** An interval of a run, for the chart of its rate; in a long run, several of those that are counted. */
export const ratePointSchema = z.object({
  from: z.string(),
  seconds: z.int(),
  /** Rows that ended: created, rejected, failed, deleted or kept. */
  ended: z.int(),
  failed: z.int(),
  /** Items sent in BatchWriteItem and single writes, and those of them refused for throughput. */
  sent: z.int(),
  throttled: z.int(),
});

export type RatePoint = z.infer<typeof ratePointSchema>;

/** The interval in which progress is counted. */
export const RATE_POINT_SECONDS = 10;

/** What became of the rows of one course. Rejected rows without a readable course count under ''. */
export const courseResultSchema = z.object({
  courseId: z.string(),
  created: z.int(),
  rejected: z.int(),
  failed: z.int(),
  waiting: z.int(),
  deleted: z.int(),
  kept: z.int(),
});

export type CourseResult = z.infer<typeof courseResultSchema>;

/** A row that could not be written, as the batch lists it. */
export const failedRowSchema = z.object({
  /** Of its failed item. */
  id: z.string(),
  rowNumber: z.int(),
  courseId: z.string(),
  title: z.string(),
  code: z.string(),
  message: z.string(),
  failedAt: z.string(),
});

export type FailedRow = z.infer<typeof failedRowSchema>;

/** A row that an undo left as it is, and why. */
export const keptRowSchema = z.object({
  rowNumber: z.int(),
  assignmentId: z.string(),
  reason: z.enum(['changed', 'gone']),
});

export type KeptRow = z.infer<typeof keptRowSchema>;

export const TARGET_OUTCOMES = ['succeeded', 'skipped', 'failed'] as const;

export type TargetOutcome = (typeof TARGET_OUTCOMES)[number];

/** What came of one target of a bulk batch. `skipped`: nothing was done, and the message says why. */
export const targetResultSchema = z.object({
  target: z.string(),
  outcome: z.enum(TARGET_OUTCOMES),
  code: z.string().nullable(),
  message: z.string(),
});

export type TargetResult = z.infer<typeof targetResultSchema>;

/** The path of one batch. */
export const batchParams = z.object({ batchId: z.string().min(1).max(100) });

const flag = z.enum(['true', 'false']).transform((text) => text === 'true');

const mappingText = z.string().transform((text, context) => {
  try {
    return mappingSchema.parse(JSON.parse(text));
  } catch {
    context.addIssue({ code: 'custom', message: 'Give the mapping as JSON, or the id of a saved one' });
    return z.NEVER;
  }
});

/** What `POST /api/batches` takes beside the raw body. */
export const uploadQuerySchema = z.strictObject({
  filename: z.string().trim().min(1, 'Name the file').max(255, 'A file name has at most 255 characters'),
  /** A mapping as JSON, or the id of a saved one; recognised from the header where it is left out. */
  mapping: z.union([z.string().regex(/^mapping_[\w-]+$/), mappingText]).optional(),
  takenIds: z.enum(TAKEN_ID_POLICIES).default('reject'),
  encoding: z.enum(['utf-8', 'utf-16le', 'utf-16be', 'windows-1252']).optional(),
  /** Accepts a file that was accepted within the last 30 days once more. */
  again: flag.default(false),
  /** The batch whose rejected rows this file corrects. */
  corrects: z.string().max(100).optional(),
});

export type UploadQuery = z.infer<typeof uploadQuerySchema>;

/** What the list of batches takes from its URL, newest first. */
export const batchFilterSchema = z.strictObject({
  state: z.enum(BATCH_STATES).optional(),
  ...pageQuery,
});

export type BatchFilter = z.infer<typeof batchFilterSchema>;

/** Paging through the rows of one batch. */
export const batchRowsQuery = z.strictObject(pageQuery);

/** Paging through what came of the targets of a bulk batch; all outcomes where none is named. */
export const targetResultsQuery = z.strictObject({
  outcome: z.enum(TARGET_OUTCOMES).optional(),
  ...pageQuery,
});

export type TargetResultsQuery = z.infer<typeof targetResultsQuery>;
