import * as z from 'zod';
import { EFFECTS } from '@/lib/shared/assignment';
import { assignmentEventSchema } from '@/lib/shared/audit-event';

/** A stored assignment as far as its pending effects are concerned. */
const pendingAssignmentSchema = z.object({
  assignmentId: z.string(),
  courseId: z.string(),
  createdBy: z.object({ id: z.string() }),
  createdAt: z.string(),
  pendingEffects: z.set(z.enum(EFFECTS)).default(new Set()),
  pendingEvents: z.array(assignmentEventSchema).default([]),
});

export type PendingAssignment = z.infer<typeof pendingAssignmentSchema>;

/** Parses a stored item into what its pending effects need. */
export function toPendingAssignment(item: Record<string, unknown>): PendingAssignment {
  return pendingAssignmentSchema.parse(item);
}
