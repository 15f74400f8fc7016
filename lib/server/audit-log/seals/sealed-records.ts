import * as z from 'zod';
import { HOUR_START, type HourPlace, hourItems, itemId } from '@/lib/server/audit-log/seals/hour-items';
import { readSeals } from '@/lib/server/audit-log/seals/seal-item';
import { partsOf, readSealedPart } from '@/lib/server/audit-log/seals/sealed-list';
import { decodeCursor, encodeCursor } from '@/lib/server/cursor';
import { AppError } from '@/lib/shared/app-error';
import { canonicalRecord, type SealedRecords } from '@/lib/shared/audit-seal';
import { leafHash } from '@/lib/shared/merkle';

/** First the parts of the list, then the places of the hour. */
const cursorSchema = z.union([
  z.object({ part: z.string().regex(/^\d{1,6}$/) }),
  z.object({ place: z.string().regex(/^\d{1,3}$/), after: z.string() }),
]);

type Asked = {
  cursor: string | undefined;
  /** Records hold personal data as it is stored: without the right to see it there are only their leaves. */
  maySeeRecords: boolean;
};

/**
 * A page of what was sealed in an hour, and of what lies there now.
 * @throws {AppError} NOT_FOUND where the hour is not sealed, VALIDATION_ERROR for a cursor that is not ours
 */
export async function sealedRecords(
  hour: string,
  { cursor, maySeeRecords }: Asked,
  requestId: string,
): Promise<SealedRecords> {
  const at = cursor === undefined ? { part: '0' } : decodeCursor(cursor, cursorSchema);
  if ('part' in at) return listPage(hour, Number(at.part), requestId);
  const page = await hourItems(hour, { place: Number(at.place), after: at.after }, requestId);
  const records = await Promise.all(
    page.items.map(async (item) => {
      const record = canonicalRecord(item);
      return { id: itemId(item), leaf: await leafHash(record), record: maySeeRecords ? record : null };
    }),
  );
  return { list: [], records, cursor: page.next ? placeCursor(page.next) : null };
}

async function listPage(hour: string, part: number, requestId: string): Promise<SealedRecords> {
  const [seal] = await readSeals(hour, hour, requestId);
  if (!seal) throw new AppError('NOT_FOUND', `The hour ${hour} is not sealed`);
  const parts = partsOf(seal.leaves);
  const list = part < parts ? await readSealedPart(seal, part, requestId) : [];
  const isLast = part + 1 >= parts;
  return {
    list,
    records: [],
    cursor: isLast ? placeCursor(HOUR_START) : encodeCursor({ part: String(part + 1) }),
  };
}

function placeCursor({ place, after }: HourPlace): string {
  return encodeCursor({ place: String(place), after });
}
