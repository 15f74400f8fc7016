import { followHour } from '@/lib/server/audit-log/legal-hold/follow-hour';
import { type HoldItem, readHoldItem } from '@/lib/server/audit-log/legal-hold/hold-item';
import { HOLD_KNOWN_MS } from '@/lib/server/audit-log/legal-hold/under-hold';
import { claimWalk, saveWalk } from '@/lib/server/audit-log/legal-hold/walk-lease';
import { readSeals } from '@/lib/server/audit-log/seals/seal-item';
import { log } from '@/lib/server/log';
import { hourOf, hoursAfter, hoursBetween } from '@/lib/shared/audit-hour';

/** Hours whose seals are read together, to tell the empty ones. */
const HOURS_AT_ONCE = 48;

/**
 * Lets stored events follow the legal hold, hour by hour: while it is on none expires, and once it is released each gets
 * its own time back. One process at a time does it; one that is killed leaves its place to the next.
 * @throws {AppError} what DynamoDB answered; the walk then goes on in the next round
 */
export async function followHold(requestId: string): Promise<void> {
  const hold = await readHoldItem(requestId);
  if (!hold || hold.nextHour === null || !mayFollow(hold, hold.nextHour)) return;
  const claim = await claimWalk(hold, requestId);
  if (!claim) return;
  try {
    await walk(hold, { leaseToken: claim.leaseToken, requestId });
  } finally {
    claim.stop();
  }
}

/** The last hours wait until every process knows of the change: what was written before that is met then. */
function mayFollow({ at }: HoldItem, hour: string): boolean {
  return hour < hourOf(at) || Date.now() >= Date.parse(at) + 2 * HOLD_KNOWN_MS;
}

async function walk(hold: HoldItem, walking: Walking): Promise<void> {
  let next: string | null | undefined = hold.nextHour;
  while (next && mayFollow(hold, next)) next = await walkPiece(hold, next, walking);
  if (next !== null) return;
  const { requestId } = walking;
  const { isOn } = hold;
  log.info('stored events have followed the legal hold', { requestId, operation: 'followHold', isOn });
}

type Walking = { leaseToken: string; requestId: string };

/** Answers the hour to go on with, null at the end, or undefined where somebody else walks now. */
async function walkPiece(
  hold: HoldItem,
  from: string,
  { leaseToken, requestId }: Walking,
): Promise<string | null | undefined> {
  const last = earlier(hoursAfter(from, HOURS_AT_ONCE - 1), hold.lastHour);
  const hours = hoursBetween(from, last).filter((hour) => mayFollow(hold, hour));
  const empty = await emptyHours(from, last, requestId);
  let nextHour: string | null = from;
  for (const hour of hours) {
    if (!empty.has(hour)) await followHour(hour, hold.isOn, requestId);
    nextHour = hour >= hold.lastHour ? null : hoursAfter(hour, 1);
    const isNoted = !empty.has(hour) || hour === hours.at(-1);
    if (isNoted && !(await saveWalk(hold, { leaseToken, nextHour }, requestId))) return undefined;
  }
  return nextHour;
}

const earlier = (first: string, second: string) => (first < second ? first : second);

/** What is sealed as empty is empty; later arrivals are listed with the hour in which they came. */
async function emptyHours(from: string, to: string, requestId: string): Promise<Set<string>> {
  const seals = await readSeals(from, to, requestId);
  return new Set(seals.filter(({ leaves }) => leaves === 0).map(({ hour }) => hour));
}
