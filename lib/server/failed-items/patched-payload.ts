import type { PayloadPatch } from '@/lib/server/failed-items/item-action';
import { AppError } from '@/lib/shared/app-error';
import { CONTENT_FIELDS, type NewAssignment, newAssignmentSchema } from '@/lib/shared/assignment';
import { fieldErrors } from '@/lib/shared/field-errors';

/**
 * The payload of a failed item with some fields changed; the whole must be a valid assignment.
 * @throws {AppError} VALIDATION_ERROR with fields
 */
export function patchedPayload(payload: NewAssignment, patch: PayloadPatch): NewAssignment {
  const merged = { ...payload, ...patch };
  const result = newAssignmentSchema.safeParse(merged);
  if (result.success) return result.data;
  const fields = fieldErrors(result.error, merged);
  const message = fields.map(({ field, message }) => `${field}: ${message}`).join('; ');
  throw new AppError('VALIDATION_ERROR', message, { fields, cause: result.error });
}

/** Whether two payloads say the same. */
export function isSamePayload(first: NewAssignment, second: NewAssignment): boolean {
  return CONTENT_FIELDS.every((field) => first[field] === second[field]);
}
