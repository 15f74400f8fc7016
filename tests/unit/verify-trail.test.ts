import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type Verification, verifyTrail } from '@/lib/client/verify-trail';
import { hoursAfter } from '@/lib/shared/audit-hour';
import { type PublicKeys, type Seal, type SealedRecords, sealStatement } from '@/lib/shared/audit-seal';

type Records = SealedRecords['records'];

const FIRST = '2026-11-25T00';
const sha256 = (...parts: (string | Uint8Array)[]) => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
};
const leafOf = (record: string) => sha256(Uint8Array.of(0), record);

/** RFC 6962, section 2.1, as it is written there. */
function rootOf(leaves: string[]): string {
  const [only] = leaves;
  if (only === undefined) return sha256('');
  if (leaves.length === 1) return only;
  let split = 1;
  while (split * 2 < leaves.length) split *= 2;
  const sides = [leaves.slice(0, split), leaves.slice(split)].map(rootOf);
  return sha256(Uint8Array.of(1), ...sides.map((side) => Buffer.from(side, 'hex')));
}

function aKey(): { key: KeyObject; known: PublicKeys['keys'][number] } {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const raw = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32);
  return {
    key: privateKey,
    known: { keyId: sha256(raw).slice(0, 16), publicKey: raw.toString('base64') },
  };
}

function aRecord(hour: string, at: number): Records[number] {
  const eventId = sha256(`${hour}${at}`).slice(0, 32);
  const record = JSON.stringify({ eventId, hour });
  return { id: `A#${hour}#0|${hour}:00:0${at}.000Z#${eventId}`, leaf: leafOf(record), record };
}

const THIRD = '2026-11-25T03';

const secondPlace = (at: number) => aRecord(THIRD, at).id.replace('#0|', '#1|');

const counts = (events: number) => ({
  ...{ events, failures: 0, items: events, segments: 0, actions: {}, codes: {} },
});

function aSeal(
  hour: string,
  records: Records,
  signing: ReturnType<typeof aKey>,
  previous: Seal | null,
): Seal {
  const unsigned: Seal = {
    ...{ version: 1, hour, leaves: records.length, late: 0, sealedAt: `${hour}:59:59.000Z` },
    root: rootOf(records.map(({ leaf }) => leaf)),
    counts: counts(records.length),
    lateCounts: counts(0),
    previous: previous && sha256(sealStatement(previous)),
    keyId: signing.known.keyId,
    signature: '',
  };
  return {
    ...unsigned,
    signature: sign(null, Buffer.from(sealStatement(unsigned)), signing.key).toString('base64'),
  };
}

/** A trail of some hours with 0, 1, 2, ... events, as the API would answer it. */
function aTrail(hours: number) {
  const signing = aKey();
  const seals: Seal[] = [];
  const recordsByHour = new Map<string, Records>();
  const listByHour = new Map<string, SealedRecords['list']>();
  for (let at = 0; at < hours; at++) {
    const hour = hoursAfter(FIRST, at);
    const records = Array.from({ length: at }, (_, position) => aRecord(hour, position));
    recordsByHour.set(hour, records);
    listByHour.set(
      hour,
      records.map(({ id, leaf }) => ({ id, leaf, ttl: 4_000_000_000 })),
    );
    seals.push(aSeal(hour, records, signing, seals.at(-1) ?? null));
  }
  return {
    signing,
    seals,
    recordsByHour,
    listByHour,
    keys: { current: signing.known.keyId, keys: [signing.known] },
  };
}

type Trail = Omit<ReturnType<typeof aTrail>, 'signing'>;

function serve(trail: Trail): void {
  vi.stubGlobal('fetch', async (path: string) => {
    const data = answerTo(new URL(path, 'http://127.0.0.1'), trail);
    return Response.json({ success: true, data, requestId: 'req_1_aaaaaaaaa' });
  });
}

/** The list of an hour comes first, alone. */
function answerTo(
  { pathname, searchParams }: URL,
  { seals, recordsByHour, listByHour, keys }: Trail,
): object {
  const [, hour] = /seals\/(.+)$/.exec(pathname) ?? [];
  if (hour && searchParams.has('cursor')) {
    return { list: [], records: recordsByHour.get(hour), cursor: null };
  }
  if (hour) return { list: listByHour.get(hour), records: [], cursor: 'records' };
  if (pathname.endsWith('/public-key')) return keys;
  if (pathname.endsWith('/histogram')) return { bars: [], isExact: true, total: 7 };
  const newestHour = seals.at(-1)?.hour ?? null;
  return { seals, cursor: null, firstHour: FIRST, newestHour, isSealing: true };
}

async function verify(trail: Trail): Promise<Verification> {
  serve(trail);
  let last: Verification | undefined;
  for await (const state of verifyTrail({ from: null, to: null }, new AbortController().signal)) last = state;
  if (!last) throw new Error('Nothing was verified');
  return last;
}

async function faultsOf(trail: Trail): Promise<string[]> {
  return (await verify(trail)).findings.map(({ hour, fault }) => `${hour} ${fault}`);
}

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('a trail that is verified in the browser', () => {
  it('is found whole, with what was checked and what is not sealed yet', async () => {
    const trail = aTrail(7);

    expect(await verify(trail)).toMatchObject({
      ...{ hours: 7, hoursDone: 7, events: 21, findings: [], notSealed: 7 },
      verifiedTo: '2026-11-25T07:00:00.000Z',
      newest: { hour: '2026-11-25T06' },
    });
  });

  it.each([
    ['changed', (records: Records) => records.splice(1, 1, { ...aRecord(THIRD, 1), record: '{}' })],
    ['removed', (records: Records) => records.splice(1, 1)],
    ['added', (records: Records) => records.push(aRecord(THIRD, 7))],
    ['written_twice', (records: Records) => records.push({ ...aRecord(THIRD, 1), id: secondPlace(1) })],
  ])('names the hour and the event that was %s', async (fault, tamper) => {
    const trail = aTrail(5);
    tamper(trail.recordsByHour.get(THIRD) ?? []);

    const { findings, hoursDone } = await verify(trail);

    const item =
      { added: aRecord(THIRD, 7).id, written_twice: secondPlace(1) }[fault] ?? aRecord(THIRD, 1).id;
    expect(findings).toMatchObject([{ hour: THIRD, fault, items: [item] }]);
    expect(hoursDone).toBe(5);
  });

  it('names a seal that somebody else has signed, and the hour that does not follow from it', async () => {
    const trail = aTrail(4);
    const before = trail.seals[1] ?? null;
    trail.seals[2] = aSeal('2026-11-25T02', trail.recordsByHour.get('2026-11-25T02') ?? [], aKey(), before);

    expect(await faultsOf(trail)).toEqual(['2026-11-25T02 signature_wrong', '2026-11-25T03 chain_broken']);
  });

  it('does not take the word of a key that has another id than it says', async () => {
    const trail = aTrail(2);
    const { publicKey } = aKey().known;
    const keys = trail.keys.keys.map((key) => ({ ...key, publicKey }));

    expect(await faultsOf({ ...trail, keys: { ...trail.keys, keys } })).toEqual([
      '2026-11-25T00 signature_wrong',
      '2026-11-25T01 signature_wrong',
    ]);
  });

  it('names the hours that are missing at its beginning', async () => {
    const trail = aTrail(3);
    trail.seals.splice(0, 1);

    expect(await faultsOf(trail)).toEqual(['2026-11-25T00 hour_missing']);
  });

  it('names an hour that is missing between two others', async () => {
    const trail = aTrail(5);
    trail.seals.splice(2, 1);

    expect(await faultsOf(trail)).toEqual(['2026-11-25T02 hour_missing']);
  });
});
