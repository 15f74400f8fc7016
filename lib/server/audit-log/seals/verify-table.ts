import { countAuditLog } from '@/lib/server/audit-log/read/count-audit-log';
import { HOUR_START, type HourPlace, hourItems, itemId } from '@/lib/server/audit-log/seals/hour-items';
import { listSeals } from '@/lib/server/audit-log/seals/list-seals';
import { findOutsideSeals } from '@/lib/server/audit-log/seals/outside-seals';
import { readSeals } from '@/lib/server/audit-log/seals/seal-item';
import { readSealedList } from '@/lib/server/audit-log/seals/sealed-list';
import { publicKeys } from '@/lib/server/audit-log/seals/signing-key';
import { hourOf, hourStart, hoursAfter } from '@/lib/shared/audit-hour';
import { canonicalRecord, type Seal, type SealFinding } from '@/lib/shared/audit-seal';
import { leafHash } from '@/lib/shared/merkle';
import { type FoundRecord, verifyChain, verifyHour } from '@/lib/shared/verify-seals';

type Asked = {
  /** Instants between which hours are checked; all without them. */
  from: string | undefined;
  to: string | undefined;
  /** A seal that was kept elsewhere. */
  anchor: Seal | undefined;
};

export type TableVerification = {
  hours: number;
  events: number;
  newest: Seal | undefined;
  notSealed: number;
  /** Keys there are to check with. */
  keys: number;
  findings: SealFinding[];
};

/**
 * Checks the stored trail against its seals, hour by hour, while the product may run.
 * @throws {AppError} what DynamoDB answered
 */
export async function verifyTable(
  { from, to, anchor }: Asked,
  requestId: string,
): Promise<TableVerification> {
  const { seals, firstHour, newestHour } = await allSeals({ from, to }, requestId);
  const start = from === undefined || hourOf(from) < firstHour ? firstHour : hourOf(from);
  const { keys } = publicKeys();
  const chain = await verifyChain({
    seals,
    firstHour: start,
    previous:
      start === firstHour ? null : ((await readSeals(hoursAfter(start, -1), start, requestId))[0] ?? null),
    keys,
    anchor: to === undefined ? anchor : undefined,
  });
  const findings: SealFinding[] = [];
  for (const seal of seals) findings.push(...(await checkHour(seal, requestId)));
  // Only a check of everything reads everything.
  if (from === undefined && to === undefined) findings.push(...(await findOutsideSeals(requestId)));
  const openFrom = hourStart(newestHour === null ? firstHour : hoursAfter(newestHour, 1));
  return {
    hours: seals.length,
    events: seals.reduce((sum, { counts, lateCounts }) => sum + counts.events + lateCounts.events, 0),
    newest: seals.at(-1),
    notSealed: await countAuditLog({ from: openFrom }, requestId),
    keys: keys.length,
    findings: [...chain, ...findings].sort((a, b) => (a.hour < b.hour ? -1 : 1)),
  };
}

async function allSeals({ from, to }: Pick<Asked, 'from' | 'to'>, requestId: string) {
  const seals: Seal[] = [];
  let page = await listSeals({ from, to }, requestId);
  seals.push(...page.seals);
  while (page.cursor !== null) {
    page = await listSeals({ from, to, cursor: page.cursor }, requestId);
    seals.push(...page.seals);
  }
  return { seals, firstHour: page.firstHour ?? '', newestHour: page.newestHour };
}

/** Hashed at once: an hour may hold a million records, which no process keeps whole. */
async function toFound(item: Record<string, unknown>): Promise<FoundRecord> {
  return { id: itemId(item), leaf: await leafHash(canonicalRecord(item)), record: null };
}

async function checkHour(seal: Seal, requestId: string): Promise<SealFinding[]> {
  const found: FoundRecord[] = [];
  let at: HourPlace | undefined = HOUR_START;
  while (at) {
    const page: Awaited<ReturnType<typeof hourItems>> = await hourItems(seal.hour, at, requestId);
    found.push(...(await Promise.all(page.items.map(toFound))));
    at = page.next;
  }
  const list = await readSealedList(seal, requestId);
  return verifyHour({ seal, list, found, nowSeconds: Date.now() / 1000 });
}
