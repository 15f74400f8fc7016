import { api, withQuery } from '@/lib/client/api';
import { checkHour } from '@/lib/client/check-hour';
import { hourOf, hourStart, hoursAfter, hoursBetween } from '@/lib/shared/audit-hour';
import { auditHistogramSchema } from '@/lib/shared/audit-log';
import {
  type PublicKeys,
  publicKeysSchema,
  type Seal,
  type SealFinding,
  sealPageSchema,
} from '@/lib/shared/audit-seal';

const PATH = '/api/audit-log';

/** How far a verification has come, and what it has found so far. */
export type Verification = {
  keys: PublicKeys;
  /** Hours that were checked, of those that are sealed in the range. */
  hoursDone: number;
  hours: number;
  events: number;
  /** End of the last checked hour, an instant. */
  verifiedTo: string | null;
  findings: SealFinding[];
  /** The newest seal of the range: whoever keeps it can tell later that nothing before it was cut off. */
  newest: Seal | null;
  /** Events behind the newest seal of the trail; null until that is known. */
  notSealed: number | null;
};

export type VerifyRange = { from: string | null; to: string | null };

/**
 * Checks the trail in this browser, hour by hour, against its seals: signatures, the chain from hour to hour, and what lies
 * in each hour now. Trusts nothing that the server says about it.
 * @throws {AppError} what the API answered
 */
export async function* verifyTrail(
  { from, to }: VerifyRange,
  signal: AbortSignal,
): AsyncGenerator<Verification> {
  const keys = await api.get(`${PATH}/public-key`, publicKeysSchema, signal);
  const { seals, newestHour } = await readSeals({ from, to }, signal);
  // The seal before the range is needed for its hash only.
  const checked = seals.filter(({ hour }) => !from || hour >= hourOf(from));
  let state: Verification = {
    ...{ keys, hoursDone: 0, hours: checked.length, events: 0, verifiedTo: null, findings: [] },
    newest: checked.at(-1) ?? null,
    notSealed: null,
  };
  yield state;
  for (const seal of checked) {
    const previous = seals[seals.indexOf(seal) - 1] ?? null;
    const findings = [
      ...missingBefore(seal, previous),
      ...(await checkHour({ seal, previous, keys }, signal)),
    ];
    state = {
      ...state,
      hoursDone: state.hoursDone + 1,
      events: state.events + seal.counts.events + seal.lateCounts.events,
      verifiedTo: hourStart(hoursAfter(seal.hour, 1)),
      findings: [...state.findings, ...findings],
    };
    yield state;
  }
  yield { ...state, notSealed: await countNotSealed(newestHour, signal) };
}

/** Hours are sealed without gaps. */
function missingBefore({ hour }: Seal, previous: Seal | null): SealFinding[] {
  if (!previous || hoursAfter(previous.hour, 1) === hour) return [];
  return hoursBetween(hoursAfter(previous.hour, 1), hoursAfter(hour, -1)).map((missing) => ({
    ...{ hour: missing, fault: 'hour_missing', items: [] },
    message: 'This hour has no seal, but a later one has',
  }));
}

async function readSeals({ from, to }: VerifyRange, signal: AbortSignal) {
  const fromHour = from && hoursAfter(hourOf(from), -1);
  const toHour = to && hourOf(to);
  const seals: Seal[] = [];
  let cursor: string | null = null;
  let newestHour: string | null = null;
  do {
    const path: string = withQuery(`${PATH}/seals`, { from: fromHour, to: toHour, cursor });
    const page = await api.get(path, sealPageSchema, signal);
    seals.push(...page.seals);
    ({ cursor, newestHour } = page);
  } while (cursor !== null);
  return { seals, newestHour };
}

async function countNotSealed(newestHour: string | null, signal: AbortSignal): Promise<number> {
  const from = newestHour && hourStart(hoursAfter(newestHour, 1));
  const path = withQuery(`${PATH}/histogram`, { from, bars: 1 });
  return (await api.get(path, auditHistogramSchema, signal)).total;
}
