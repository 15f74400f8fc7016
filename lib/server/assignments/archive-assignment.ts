import { changeAssignment } from '@/lib/server/assignments/change-assignment';
import type { Assignment } from '@/lib/shared/assignment';
import type { Actor } from '@/lib/shared/session';

type Archiving = { version: number | undefined; actor: Actor; requestId: string };

/**
 * Takes an assignment out of use; it stays readable and can be restored. Archiving again changes nothing.
 * @throws {AppError} CONDITIONAL_FAILED with the current assignment, NOT_FOUND, FORBIDDEN
 */
export function archiveAssignment(assignmentId: string, archiving: Archiving): Promise<Assignment> {
  return changeAssignment({
    ...archiving,
    assignmentId,
    action: 'ARCHIVE_ASSIGNMENT',
    next: (current) => ({ ...current, status: 'archived' }),
  });
}
