import * as z from 'zod';
import { keptRowSchema, ROW_REJECTION_CODES } from '@/lib/shared/batch';

/** `waiting` for a worker, `leased` by one, or ended: `committed` and counted, or `cancelled` before its turn. */
const CHUNK_STATES = ['waiting', 'leased', 'committed', 'cancelled'] as const;

/** How many rows of one course have come to what. */
export const tallySchema = z.object({
  created: z.int().default(0),
  rejected: z.int().default(0),
  failed: z.int().default(0),
  waiting: z.int().default(0),
  deleted: z.int().default(0),
  kept: z.int().default(0),
});

export type Tally = z.infer<typeof tallySchema>;

/** What became of one valid row: created, failed, rejected while the batch ran, or cancelled before its turn. */
export const OUTCOMES = { created: 'c', failed: 'f', rejected: 'r', cancelled: 'x' } as const;

/** A row that was refused while the batch ran. */
const lateRejectionSchema = z.object({
  rowNumber: z.int(),
  code: z.enum(ROW_REJECTION_CODES),
  field: z.string().nullable(),
  message: z.string(),
});

/**
 * What became of a failed row after its chunk was committed: a retry created it, or somebody discarded it. `isLate`: it
 * came when the undo of the batch had begun already, which therefore leaves it.
 */
const laterEndSchema = z.object({
  outcome: z.enum(['created', 'rejected']),
  assignmentId: z.string().nullable(),
  courseId: z.string(),
  isLate: z.boolean().default(false),
});

export type LaterEnd = z.infer<typeof laterEndSchema>;

export type LateRejection = z.infer<typeof lateRejectionSchema>;

/** The state of one chunk: who works on it, and in the end what became of its rows. */
export const chunkStateSchema = z.object({
  batchId: z.string(),
  chunk: z.int(),
  state: z.enum(CHUNK_STATES),
  valid: z.int(),
  rejected: z.int(),
  firstRow: z.int(),
  lastRow: z.int(),
  /** How often a worker has taken it: from the second time on, rows may be there already. */
  attempts: z.int(),
  /** Names the holder's claim; absent while nobody holds the chunk. */
  leaseToken: z.string().optional(),
  leasedUntil: z.string().optional(),
  /** The instant of the first claim: what its assignments carry as their creation. */
  firstClaimedAt: z.string().optional(),
  /** One letter of `OUTCOMES` per valid row, in order. Absent until it is committed. */
  outcomes: z.string().optional(),
  /** IDs that differ from the derived ones, by row number. */
  otherIds: z.record(z.string(), z.string()).default({}),
  lateRejections: z.array(lateRejectionSchema).default([]),
  byCourse: z.record(z.string(), tallySchema),
  /** By row number. `laterCreated` counts the created ones that an undo takes back; `settlements` tells readings apart. */
  later: z.record(z.string(), laterEndSchema).default({}),
  laterCreated: z.int().default(0),
  settlements: z.int().default(0),
  /** Set while the audit table has not taken the events of its created rows. */
  isSegmentPending: z.boolean().default(false),
  /** Of a bulk batch: how many of its targets have ended so far; `outcomes` grows with it. */
  doneTo: z.int().default(0),
  /** While its rows are taken back: how many of the valid ones have been looked at, and which were left. */
  undoState: z.enum(['leased', 'done']).optional(),
  undoneTo: z.int().default(0),
  kept: z.array(keptRowSchema).default([]),
});

export type ChunkState = z.infer<typeof chunkStateSchema>;

/** No rows yet. */
export const NO_TALLY: Tally = { created: 0, rejected: 0, failed: 0, waiting: 0, deleted: 0, kept: 0 };

/** Parses a stored chunk state. */
export function toChunkState(item: Record<string, unknown>): ChunkState {
  return chunkStateSchema.parse(item);
}
