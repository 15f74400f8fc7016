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
  for (let at = 0; at < hours; at++) {
    const hour = hoursAfter(FIRST, at);
    const records = Array.from({ length: at }, (_, position) => aRecord(hour, position));
    recordsByHour.set(hour, records);
    seals.push(aSeal(hour, records, signing, seals.at(-1) ?? null));
  }
  return { signing, seals, recordsByHour, keys: { current: signing.known.keyId, keys: [signing.known] } };
}

type Trail = Omit<ReturnType<typeof aTrail>, 'signing'>;

function serve({ seals, recordsByHour, keys }: Trail): void {
  const newestHour = seals.at(-1)?.hour ?? null;
  vi.stubGlobal('fetch', async (path: string) => {
    const { pathname } = new URL(path, 'http://127.0.0.1');
    const [, hour] = /seals\/(.+)$/.exec(pathname) ?? [];
    const data = (hour && { records: recordsByHour.get(hour) ?? [], cursor: null }) ||
      (pathname.endsWith('/public-key') && keys) ||
      (pathname.endsWith('/histogram') && { bars: [], isExact: true, total: 7 }) || {
        ...{ seals, cursor: null, firstHour: FIRST, newestHour, isSealing: true },
      };
    return Response.json({ success: true, data, requestId: 'req_1_aaaaaaaaa' });
  });
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

  it('names the hour and the event whose content is not what its hash says', async () => {
    const trail = aTrail(4);
    const [, second] = trail.recordsByHour.get('2026-11-25T03') ?? [];
    if (second) second.record = `${second.record} `;

    const { findings } = await verify(trail);

    expect(findings).toMatchObject([{ hour: '2026-11-25T03', fault: 'changed', items: [second?.id] }]);
  });

  it.each([
    ['changed', (records: Records) => records.splice(1, 1, aRecord('2026-11-25T09', 1))],
    ['removed', (records: Records) => records.pop()],
    ['added', (records: Records) => records.push(aRecord('2026-11-25T09', 2))],
    ['changed', (records: Records) => records.reverse()],
  ])('names the hour in which an event was %s, hashes and all', async (fault, tamper) => {
    const trail = aTrail(5);
    tamper(trail.recordsByHour.get('2026-11-25T03') ?? []);

    expect(await faultsOf(trail)).toEqual([`2026-11-25T03 ${fault}`]);
  });

  it('names an event that lies there twice', async () => {
    const trail = aTrail(3);
    const records = trail.recordsByHour.get('2026-11-25T02') ?? [];
    const [first] = records;
    if (first) records.push({ ...first, id: first.id.replace('#0|', '#1|') });

    expect(await faultsOf(trail)).toEqual(['2026-11-25T02 written_twice', '2026-11-25T02 added']);
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

  it('names an hour that is missing between two others', async () => {
    const trail = aTrail(5);
    trail.seals.splice(2, 1);

    expect(await faultsOf(trail)).toEqual(['2026-11-25T02 hour_missing', '2026-11-25T03 chain_broken']);
  });
});
