import type { ChunkRow } from '@/lib/server/batches/chunks/chunk';
import { type LateRejection, NO_TALLY, type Tally } from '@/lib/server/batches/chunks/chunk-state';
import type { AppError } from '@/lib/shared/app-error';

/** What a row has come to for good. */
export type RowEnd =
  | { kind: 'created'; assignmentId: string }
  | { kind: 'rejected'; rejection: LateRejection }
  | { kind: 'failed'; error: AppError }
  | { kind: 'cancelled' };

/** Moves the rows of each course from waiting to what they have come to. */
export function tallies(
  before: Record<string, Tally>,
  rows: ChunkRow[],
  ends: RowEnd[],
): Record<string, Tally> {
  const after = new Map(Object.entries(before).map(([courseId, tally]) => [courseId, { ...tally }]));
  for (const [position, { assignment }] of rows.entries()) {
    const tally = after.get(assignment.courseId) ?? { ...NO_TALLY };
    const kind = ends[position]?.kind ?? 'cancelled';
    tally.waiting -= 1;
    tally[kind === 'cancelled' ? 'rejected' : kind] += 1;
    after.set(assignment.courseId, tally);
  }
  return Object.fromEntries(after);
}
