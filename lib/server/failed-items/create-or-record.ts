import { createAssignment } from '@/lib/server/assignments/create-assignment';
import { derivedAssignmentId, writeIdentity } from '@/lib/server/assignments/write-identity';
import { classifyError } from '@/lib/server/classify-error';
import { requireCourse } from '@/lib/server/courses/read-course';
import { createName } from '@/lib/server/failed-items/failed-item-key';
import { newFailedItem } from '@/lib/server/failed-items/record/new-failed-item';
import { recordItem } from '@/lib/server/failed-items/record/record-item';
import { log } from '@/lib/server/log';
import { AppError } from '@/lib/shared/app-error';
import type { Assignment, NewAssignment } from '@/lib/shared/assignment';
import { isUnresolved } from '@/lib/shared/failed-item';
import type { Author } from '@/lib/shared/session';

type Form = { requestId: string; idempotencyKey?: string | undefined };

/**
 * Creates an assignment from a form; where the form gives up for a reason that its author cannot mend, its content becomes
 * a failed item for ops to retry. Sending the same form again and retrying the item are the same write.
 * @throws {AppError} what refused the form, with the id of the failed item where it is listed
 */
export async function createOrRecord(input: NewAssignment, author: Author, form: Form): Promise<Assignment> {
  try {
    await requireCourse(input.courseId, form.requestId);
    return await createAssignment(input, author, form);
  } catch (thrown) {
    const error = classifyError(thrown);
    if (error.errorClass !== 'transient' && error.errorClass !== 'system') throw error;
    throw await recorded(error, { input, author, form });
  }
}

type GivenUp = { input: NewAssignment; author: Author; form: Form };

/** The error, saying where the form is listed. Where it could not be listed, the form itself is all that is left. */
async function recorded(error: AppError, { input, author, form }: GivenUp): Promise<AppError> {
  const { requestId } = form;
  const { writeToken } = writeIdentity(input, { author, ...form });
  const { id: authorId, role, department } = author;
  const item = newFailedItem(error, {
    ...createName(writeToken),
    kind: 'create',
    payload: input,
    title: input.title,
    courseId: input.courseId,
    assignmentId: derivedAssignmentId(writeToken, 0),
    writeToken,
    mayTakeNewId: true,
    batchId: null,
    rowNumber: null,
    row: null,
    counted: null,
    actor: { id: authorId, role, department },
    requestId,
    values: [],
  });
  try {
    const { id, state } = await recordItem(item, requestId);
    return isUnresolved(state) ? withFailedItem(error, id) : error;
  } catch (thrown) {
    const { code, message } = classifyError(thrown);
    log.error('form not listed among the failed items', {
      requestId,
      operation: 'recordFailedCreate',
      code,
      reason: message,
    });
    return error;
  }
}

function withFailedItem(error: AppError, failedItemId: string): AppError {
  const { code, message, errorClass, fields, current, retryAfterSeconds } = error;
  return new AppError(code, message, {
    ...{ cause: error.cause, errorClass, failedItemId },
    ...(fields ? { fields } : {}),
    ...(current === undefined ? {} : { current }),
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  });
}
