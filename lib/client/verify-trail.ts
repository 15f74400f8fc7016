import { api, withQuery } from '@/lib/client/api';
import { checkHour } from '@/lib/client/check-hour';
import { hourOf, hourStart, hoursAfter } from '@/lib/shared/audit-hour';
import { auditHistogramSchema } from '@/lib/shared/audit-log';
import {
  type PublicKeys,
  publicKeysSchema,
  type Seal,
  type SealFinding,
  sealPageSchema,
} from '@/lib/shared/audit-seal';
import { verifyChain } from '@/lib/shared/verify-seals';

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
  const keys = await readKeys(signal);
  const { seals, firstHour, newestHour } = await readSeals({ from, to }, signal);
  // The seal before the range is there for its hash only.
  const checked = seals.filter(({ hour }) => !from || hour >= hourOf(from));
  let state: Verification = {
    ...{ keys, hoursDone: 0, hours: checked.length, events: 0, verifiedTo: null, findings: [] },
    newest: checked.at(-1) ?? null,
    notSealed: null,
  };
  yield state;
  for (const seal of checked) {
    const previous = seals[seals.indexOf(seal) - 1] ?? null;
    const expected = previous ? hoursAfter(previous.hour, 1) : later(firstHour, from && hourOf(from));
    const chain = { seals: [seal], firstHour: expected ?? seal.hour, previous, keys: keys.keys };
    const findings = [...(await verifyChain(chain)), ...(await checkHour(seal, signal))];
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

const later = (first: string | null, second: string | null) =>
  [first, second]
    .filter((hour) => hour !== null)
    .sort()
    .at(-1) ?? null;

/** A key counts only under the id that follows from it: the id is what people compare. */
async function readKeys(signal: AbortSignal): Promise<PublicKeys> {
  const { current, keys } = await api.get(`${PATH}/public-key`, publicKeysSchema, signal);
  const areTrue = await Promise.all(
    keys.map(async ({ keyId, publicKey }) => (await keyIdOf(publicKey)) === keyId),
  );
  return { current, keys: keys.filter((_, at) => areTrue[at]) };
}

async function keyIdOf(publicKey: string): Promise<string> {
  const raw = Uint8Array.from(atob(publicKey), (character) => character.charCodeAt(0));
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', raw));
  return Array.from(digest.slice(0, 8), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

async function readSeals({ from, to }: VerifyRange, signal: AbortSignal) {
  const before = from && hourStart(hoursAfter(hourOf(from), -1));
  const seals: Seal[] = [];
  let cursor: string | null = null;
  let firstHour: string | null = null;
  let newestHour: string | null = null;
  do {
    const path: string = withQuery(`${PATH}/seals`, { from: before, to, cursor });
    const page = await api.get(path, sealPageSchema, signal);
    seals.push(...page.seals);
    ({ cursor, firstHour, newestHour } = page);
  } while (cursor !== null);
  return { seals, firstHour, newestHour };
}

async function countNotSealed(newestHour: string | null, signal: AbortSignal): Promise<number> {
  const from = newestHour && hourStart(hoursAfter(newestHour, 1));
  const path = withQuery(`${PATH}/histogram`, { from, bars: 1 });
  return (await api.get(path, auditHistogramSchema, signal)).total;
}
