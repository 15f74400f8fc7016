import { api, withQuery } from '@/lib/client/api';
import { judgeHour, type SealedHour } from '@/lib/client/judge-hour';
import { type SealedRecords, type SealFinding, sealedRecordsSchema } from '@/lib/shared/audit-seal';

/**
 * Reads what lies in a sealed hour now, and judges it against its seal.
 * @throws {AppError} what the API answered
 */
export async function checkHour(
  hour: Omit<SealedHour, 'records'>,
  signal: AbortSignal,
): Promise<SealFinding[]> {
  return judgeHour({ ...hour, records: await readRecords(hour.seal.hour, signal) });
}

async function readRecords(hour: string, signal: AbortSignal): Promise<SealedRecords['records']> {
  const records: SealedRecords['records'] = [];
  let cursor: string | null = null;
  do {
    const path: string = withQuery(`/api/audit-log/seals/${hour}`, { cursor });
    const page: SealedRecords = await api.get(path, sealedRecordsSchema, signal);
    records.push(...page.records);
    cursor = page.cursor;
  } while (cursor !== null);
  return records;
}
