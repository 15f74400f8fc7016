import { changeAssignment } from '@/lib/server/assignments/change-assignment';
import type { Assignment } from '@/lib/shared/assignment';
import type { Actor } from '@/lib/shared/session';

type Restoring = { version: number | undefined; actor: Actor; requestId: string };

/**
 * Brings an archived assignment back as a draft, so that nothing is published in passing. Restoring what is not
 * archived changes nothing.
 * @throws {AppError} CONDITIONAL_FAILED with the current assignment, NOT_FOUND, FORBIDDEN
 */
export function restoreAssignment(assignmentId: string, restoring: Restoring): Promise<Assignment> {
  return changeAssignment({
    ...restoring,
    assignmentId,
    action: 'RESTORE_ASSIGNMENT',
    next: (current) => (current.status === 'archived' ? { ...current, status: 'draft' } : current),
  });
}
