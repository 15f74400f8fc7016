import {
  type AssignmentItem,
  toAssignment,
  toItem,
  type WriteIdentity,
} from '@/lib/server/assignments/assignment-item';
import { derivedAssignmentId } from '@/lib/server/assignments/write-identity';
import { log } from '@/lib/server/log';
import { storedItem } from '@/lib/server/stored-item';
import { AppError } from '@/lib/shared/app-error';
import type { Assignment } from '@/lib/shared/assignment';

type FreeIdOptions = { requestId: string; maxRetries: number; identity: WriteIdentity };

/**
 * Runs `write` for the assignment, and again at once with a new id while its id is taken by another one. Meeting an
 * item with our own token means that an earlier attempt landed and only its answer was lost: that item is the result.
 * @throws {AppError} CONDITIONAL_FAILED when no id was free, or when the token had written other content
 */
export async function withFreeId(
  assignment: Assignment,
  { requestId, maxRetries, identity }: FreeIdOptions,
  write: (item: AssignmentItem, attempt: number) => Promise<void>,
): Promise<Assignment> {
  for (let attempt = 0; ; attempt++) {
    const candidate = attempt === 0 ? assignment : withDerivedId(assignment, identity, attempt);
    const stored = await writeOrMeet(() => write(toItem(candidate, identity), attempt));
    if (!stored) return candidate;
    if (stored.item.writeToken === identity.writeToken) return ownEarlierWrite(stored.item, identity);
    if (attempt >= maxRetries) throw noFreeId(attempt + 1, stored.refusal);
    log.warn('assignment id taken, trying a new one', {
      requestId,
      assignmentId: candidate.assignmentId,
      attempt,
    });
  }
}

/** Undefined after the write; where its id was taken, the item that holds it. */
async function writeOrMeet(write: () => Promise<void>) {
  try {
    await write();
    return undefined;
  } catch (refusal) {
    const item = storedItem(refusal);
    if (!item) throw refusal;
    return { item, refusal };
  }
}

function withDerivedId(assignment: Assignment, { writeToken }: WriteIdentity, attempt: number): Assignment {
  return { ...assignment, assignmentId: derivedAssignmentId(writeToken, attempt) };
}

function ownEarlierWrite(stored: Record<string, unknown>, identity: WriteIdentity): Assignment {
  const current = toAssignment(stored);
  if (stored.contentHash === identity.contentHash) return current;
  throw new AppError(
    'CONDITIONAL_FAILED',
    `This Idempotency-Key has already created "${current.title}" with other content. Open that assignment to edit it, or send a new key.`,
    { errorClass: 'business', current },
  );
}

function noFreeId(ids: number, cause: unknown): AppError {
  const message = `No free assignment ID was found in ${ids} attempts`;
  return new AppError('CONDITIONAL_FAILED', message, { errorClass: 'business', cause });
}
