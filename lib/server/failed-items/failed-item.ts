import * as z from 'zod';
import { type NewAssignment, newAssignmentSchema } from '@/lib/shared/assignment';
import { authorSchema } from '@/lib/shared/session';

const attemptSchema = z.object({
  at: z.string(),
  requestId: z.string(),
  code: z.string(),
  class: z.string(),
  message: z.string(),
});

/**
 * Something that could not be written and waits for a person. `origin` and `itemKey` are its key; `payload` is what will
 * be written, under `writeToken`. Attempts are appended, never overwritten.
 */
export const failedItemSchema = z.object({
  origin: z.string(),
  itemKey: z.string(),
  state: z.enum(['open']),
  version: z.int(),
  code: z.string(),
  class: z.string(),
  message: z.string(),
  payload: z.custom<NewAssignment>((payload) => newAssignmentSchema.safeParse(payload).success),
  assignmentId: z.string(),
  writeToken: z.string(),
  attempts: z.array(attemptSchema),
  firstAt: z.string(),
  lastAt: z.string(),
  batchId: z.string(),
  rowNumber: z.int(),
  courseId: z.string(),
  actor: authorSchema,
});

export type FailedItem = z.infer<typeof failedItemSchema>;

/** The partition of the failed items of a batch. */
export const batchOrigin = (batchId: string) => `batch#${batchId}`;

/** The sort key of the failed item of a row. */
export const rowItemKey = (rowNumber: number) => `row#${String(rowNumber).padStart(9, '0')}`;

/** Parses a stored failed item. */
export function toFailedItem(item: Record<string, unknown>): FailedItem {
  return failedItemSchema.parse(item);
}
