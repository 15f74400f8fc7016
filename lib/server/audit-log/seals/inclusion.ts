import { itemId } from '@/lib/server/audit-log/seals/hour-items';
import { readSeals } from '@/lib/server/audit-log/seals/seal-item';
import { readSealedList } from '@/lib/server/audit-log/seals/sealed-list';
import { hourOf } from '@/lib/shared/audit-hour';
import type { Inclusion } from '@/lib/shared/audit-log';
import { inclusionPath } from '@/lib/shared/merkle';

/**
 * The proof that a stored item is among what its hour's seal is over; null while that hour is not sealed, or where the list
 * of the hour does not name the item.
 * @throws {AppError} what DynamoDB answered
 */
export async function inclusionOf(
  item: Record<string, unknown>,
  requestId: string,
): Promise<Inclusion | null> {
  const hour = sealHourOf(item);
  const [seal] = await readSeals(hour, hour, requestId);
  if (!seal) return null;
  const list = await readSealedList(seal, requestId);
  const id = itemId(item);
  const position = list.findIndex((entry) => entry.id === id);
  if (position < 0) return null;
  const path = await inclusionPath(
    list.map(({ leaf }) => leaf),
    position,
  );
  return { seal, position, path };
}

/** The hour whose seal is over an item: of a late one that of its arrival, of a segment that of its writing. */
export function sealHourOf({ lateHour, segmentHour, time }: Record<string, unknown>): string {
  if (typeof lateHour === 'string') return lateHour;
  return typeof segmentHour === 'string' ? segmentHour : hourOf(String(time));
}
