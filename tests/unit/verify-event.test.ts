import { describe, expect, it } from 'vitest';
import { type Seal, sealStatement } from '@/lib/shared/audit-seal';
import { inclusionPath, leafHash, merkleRoot } from '@/lib/shared/merkle';
import { verifyEvent } from '@/lib/shared/verify-event';

const RECORDS = ['{"a":1}', '{"a":2}', '{"a":3}', '{"a":4}', '{"a":5}'];
const NONE = { events: 0, failures: 0, items: 0, segments: 0, actions: {}, codes: {} };

const base64 = (bytes: ArrayBuffer) => Buffer.from(bytes).toString('base64');

/** An event of an hour of five, with the key that signed it. */
async function sealedEvent(position: number) {
  const leaves = await Promise.all(RECORDS.map(leafHash));
  const pair = await crypto.subtle.generateKey('Ed25519', true, ['sign', 'verify']);
  if (!('publicKey' in pair)) throw new Error('Ed25519 makes pairs');
  const raw = await crypto.subtle.exportKey('raw', pair.publicKey);
  const keyId = Buffer.from(await crypto.subtle.digest('SHA-256', raw))
    .toString('hex')
    .slice(0, 16);
  const unsigned: Seal = {
    ...{ version: 1, hour: '2026-11-25T06', leaves: RECORDS.length, late: 0, counts: NONE, lateCounts: NONE },
    ...{ root: await merkleRoot(leaves), previous: null, sealedAt: '2026-11-25T07:15:00.000Z', keyId },
    signature: '',
  };
  const statement = new TextEncoder().encode(sealStatement(unsigned));
  const signature = base64(await crypto.subtle.sign('Ed25519', pair.privateKey, statement));
  const inclusion = {
    seal: { ...unsigned, signature },
    position,
    path: await inclusionPath(leaves, position),
  };
  return {
    detail: { record: RECORDS[position] ?? null, leaf: leaves[position] ?? '', inclusion },
    keys: [{ keyId, publicKey: base64(raw) }],
  };
}

describe('verifyEvent', () => {
  it.each([0, 1, 2, 3, 4])('proves event %i of an hour by its path and the signature', async (position) => {
    const { detail, keys } = await sealedEvent(position);

    expect(await verifyEvent(detail, keys)).toBe('proven');
    expect(await verifyEvent({ ...detail, record: null }, keys)).toBe('proven');
  });

  it('says what is wrong with an event that was changed, moved or signed by another', async () => {
    const { detail, keys } = await sealedEvent(2);
    const changed = await leafHash('{"a":9}');
    const { inclusion } = detail;

    expect(await verifyEvent({ ...detail, record: '{"a":9}' }, keys)).toBe('record_differs');
    expect(await verifyEvent({ ...detail, record: '{"a":9}', leaf: changed }, keys)).toBe('not_in_seal');
    expect(await verifyEvent({ ...detail, inclusion: { ...inclusion, position: 3 } }, keys)).toBe(
      'not_in_seal',
    );
    expect(await verifyEvent(detail, (await sealedEvent(2)).keys)).toBe('signature_wrong');
  });

  it('says nothing of an hour that is not sealed', async () => {
    const { detail, keys } = await sealedEvent(0);

    expect(await verifyEvent({ ...detail, inclusion: null }, keys)).toBeUndefined();
  });
});
