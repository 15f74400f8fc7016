import { changeAssignment } from '@/lib/server/assignments/change-assignment';
import { AppError } from '@/lib/shared/app-error';
import {
  type Assignment,
  type AssignmentChanges,
  CONTENT_FIELDS,
  newAssignmentSchema,
} from '@/lib/shared/assignment';
import { fieldErrors } from '@/lib/shared/field-errors';
import type { Actor } from '@/lib/shared/session';

type Edit = {
  version: number;
  changes: AssignmentChanges;
  actor: Actor;
  requestId: string;
  idempotencyKey?: string | undefined;
};

/**
 * Edits the named fields of an assignment that is still at `version`; the whole must be valid afterwards.
 * @throws {AppError} VALIDATION_ERROR with fields, CONDITIONAL_FAILED with the current assignment, NOT_FOUND, FORBIDDEN
 */
export function updateAssignment(assignmentId: string, { changes, ...edit }: Edit): Promise<Assignment> {
  return changeAssignment({
    ...edit,
    assignmentId,
    action: 'UPDATE_ASSIGNMENT',
    next: (current) => {
      if (current.status === 'archived') {
        const message = 'This assignment is archived. Restore it first, then edit it';
        throw new AppError('CONDITIONAL_FAILED', message, { errorClass: 'business', current });
      }
      return { ...current, ...validContent(current, changes) };
    },
  });
}

function validContent(current: Assignment, changes: AssignmentChanges) {
  const merged = { ...current, ...changes };
  const content = Object.fromEntries(CONTENT_FIELDS.map((field) => [field, merged[field]]));
  const result = newAssignmentSchema.safeParse(content);
  if (result.success) return result.data;
  const fields = fieldErrors(result.error, content);
  const message = fields.map(({ field, message }) => `${field}: ${message}`).join('; ');
  throw new AppError('VALIDATION_ERROR', message, { fields, cause: result.error });
}
