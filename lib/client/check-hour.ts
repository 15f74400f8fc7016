import { api, withQuery } from '@/lib/client/api';
import {
  type Seal,
  type SealedRecords,
  type SealFinding,
  sealedRecordsSchema,
} from '@/lib/shared/audit-seal';
import { verifyHour } from '@/lib/shared/verify-seals';

/**
 * Reads what lies in a sealed hour now, and compares it with what was sealed.
 * @throws {AppError} what the API answered
 */
export async function checkHour(seal: Seal, signal: AbortSignal): Promise<SealFinding[]> {
  const { list, records } = await readHour(seal.hour, signal);
  return verifyHour({ seal, list, found: records, nowSeconds: Math.floor(Date.now() / 1000) });
}

async function readHour(hour: string, signal: AbortSignal): Promise<Omit<SealedRecords, 'cursor'>> {
  const list: SealedRecords['list'] = [];
  const records: SealedRecords['records'] = [];
  let cursor: string | null = null;
  do {
    const path: string = withQuery(`/api/audit-log/seals/${hour}`, { cursor });
    const page: SealedRecords = await api.get(path, sealedRecordsSchema, signal);
    list.push(...page.list);
    records.push(...page.records);
    cursor = page.cursor;
  } while (cursor !== null);
  return { list, records };
}
