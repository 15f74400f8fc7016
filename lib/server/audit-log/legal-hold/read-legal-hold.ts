import { type HoldItem, readHoldItem } from '@/lib/server/audit-log/legal-hold/hold-item';
import { hoursBetween } from '@/lib/shared/audit-hour';
import type { LegalHold } from '@/lib/shared/audit-log';

const NEVER: LegalHold = { isOn: false, reason: null, by: null, at: null, hoursDone: 0, hours: 0 };

/**
 * Whether a legal hold is on, and how far stored events have followed it.
 * @throws {AppError} what DynamoDB answered
 */
export async function readLegalHold(requestId: string): Promise<LegalHold> {
  const item = await readHoldItem(requestId);
  return item ? toLegalHold(item) : NEVER;
}

/** The stored state as the API shows it. */
export function toLegalHold({ isOn, reason, by, at, firstHour, lastHour, nextHour }: HoldItem): LegalHold {
  const hours = hoursBetween(firstHour, lastHour).length;
  const left = nextHour === null ? 0 : hoursBetween(nextHour, lastHour).length;
  return { isOn, reason, by, at, hours, hoursDone: hours - left };
}
