import * as z from 'zod';
import { packJson, unpackJson } from '@/lib/server/batches/chunks/pack-json';
import { newAssignmentSchema } from '@/lib/shared/assignment';
import { ROW_REJECTION_CODES } from '@/lib/shared/batch';

/** Most rows of a chunk, and most distinct courses: its commit is one transaction of at most 100 writes. */
export const CHUNK_ROWS = 500;
export const CHUNK_COURSES = 90;

/** Most bytes of a stored chunk: a DynamoDB item holds 400 KB. */
export const CHUNK_BYTES = 300 * 1024;

/** A valid row: its cells as in the file, and the assignment that they mean. */
const chunkRowSchema = z.object({
  rowNumber: z.int(),
  cells: z.array(z.string()),
  assignment: newAssignmentSchema,
  /** The ID that the file itself gives. */
  assignmentId: z.string().optional(),
  /** The failed item that the row replaces. */
  corrects: z.string().optional(),
});

export type ChunkRow = z.infer<typeof chunkRowSchema>;

/** A row that can never be created, and why; `field` is a field of the form, or null where the whole row is wrong. */
const rejectedRowSchema = z.object({
  rowNumber: z.int(),
  cells: z.array(z.string()),
  /** The course the row names, or '' where it names none that can be read. */
  courseId: z.string(),
  code: z.enum(ROW_REJECTION_CODES),
  field: z.string().nullable(),
  message: z.string(),
});

export type RejectedRow = z.infer<typeof rejectedRowSchema>;

/** The rows of a chunk in the order of the file. */
export type ChunkRows = { rows: ChunkRow[]; rejected: RejectedRow[] };

// What is read back was parsed before it was stored: judging every title again would cost more than writing it.
const storedChunkSchema = z.object({
  rows: z.array(z.custom<ChunkRow>((row) => typeof row === 'object' && row !== null && 'assignment' in row)),
  rejected: z.array(rejectedRowSchema),
});

/** The rows of a chunk as they are stored: JSON, gzipped. */
export async function packRows(rows: ChunkRows): Promise<Buffer> {
  return packJson(rows);
}

/** Reads rows back from `packRows`. */
export async function unpackRows(packed: Uint8Array): Promise<ChunkRows> {
  return storedChunkSchema.parse(await unpackJson(packed));
}
