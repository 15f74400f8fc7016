import * as z from 'zod';
import { readShardPlan } from '@/lib/server/audit-log/lanes/shard-plan';
import { newestSeal, readSeals } from '@/lib/server/audit-log/seals/seal-item';
import { signingKey } from '@/lib/server/audit-log/seals/signing-key';
import { decodeCursor, encodeCursor } from '@/lib/server/cursor';
import { hourOf, hoursAfter } from '@/lib/shared/audit-hour';
import type { SealPage, sealQuerySchema } from '@/lib/shared/audit-seal';

const cursorSchema = z.object({ hour: z.string().regex(/^\d{4}-\d\d-\d\dT\d\d$/) });

/** Seals of a page: twenty days, about half a megabyte. */
const HOURS_PER_PAGE = 480;

/**
 * The seals of the hours between two instants, oldest first, and how far sealing has come.
 * @throws {AppError} VALIDATION_ERROR for a cursor that is not ours, or what DynamoDB answered
 */
export async function listSeals(
  { from, to, cursor }: z.infer<typeof sealQuerySchema>,
  requestId: string,
): Promise<SealPage> {
  const [{ firstHour }, newest] = await Promise.all([readShardPlan(requestId), newestSeal(requestId)]);
  const asked = from === undefined ? firstHour : hourOf(from);
  const start = cursor === undefined ? later(asked, firstHour) : decodeCursor(cursor, cursorSchema).hour;
  const last = newest ? earlier(to === undefined ? newest.hour : hourOf(to), newest.hour) : '';
  const end = earlier(hoursAfter(start, HOURS_PER_PAGE - 1), last);
  return {
    seals: start <= end ? await readSeals(start, end, requestId) : [],
    cursor: start <= end && end < last ? encodeCursor({ hour: hoursAfter(end, 1) }) : null,
    firstHour,
    newestHour: newest?.hour ?? null,
    isSealing: signingKey() !== undefined,
  };
}

const later = (a: string, b: string) => (a > b ? a : b);
const earlier = (a: string, b: string) => (a < b ? a : b);
