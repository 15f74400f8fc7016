import { createHash } from 'node:crypto';
import type { WriteIdentity } from '@/lib/server/assignments/assignment-item';
import { type Assignment, CONTENT_FIELDS } from '@/lib/shared/assignment';
import type { Author } from '@/lib/shared/session';

type Content = Pick<Assignment, (typeof CONTENT_FIELDS)[number]>;

/** SHA-256 over the content of an assignment, in hex. */
export function contentHash(content: Content): string {
  return sha256(JSON.stringify(CONTENT_FIELDS.map((field) => [field, content[field]])));
}

/**
 * The identity of a write that was asked for by `author`: under their `idempotencyKey` where they sent one, so that
 * sending the same form again is the same write, and else under the request itself.
 */
export function writeIdentity(
  content: Content,
  {
    author,
    requestId,
    idempotencyKey,
  }: { author: Author; requestId: string; idempotencyKey?: string | undefined },
): WriteIdentity {
  const writeToken = idempotencyKey === undefined ? requestId : sha256(`${author.id}#${idempotencyKey}`);
  return { writeToken, contentHash: contentHash(content) };
}

/**
 * The id that a write tries at its `attempt`-th try for a free one (0-based). Derived from the write's token, so that
 * a write sent again walks the same ids and meets what it already wrote. A UUID of version 8 (RFC 9562, section 5.8).
 */
export function derivedAssignmentId(writeToken: string, attempt: number): string {
  const hex = sha256(`${writeToken}#${attempt}`);
  const variant = ((Number.parseInt(hex.slice(16, 17), 16) & 0b0011) | 0b1000).toString(16);
  const groups = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    variant + hex.slice(17, 20),
    hex.slice(20, 32),
  ];
  return `assignment_${groups.join('-')}`;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
