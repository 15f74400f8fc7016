import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inclusionPath, leafHash, merkleRoot, rootOfPath } from '@/lib/shared/merkle';

const sha256 = (...parts: Uint8Array[]) => createHash('sha256').update(Buffer.concat(parts)).digest();

/** The definition of RFC 6962, section 2.1, word for word: halves at the largest power of two below the size. */
function rfcRoot(leaves: Buffer[]): Buffer {
  const [only] = leaves;
  if (!only) return sha256();
  if (leaves.length === 1) return only;
  const half = 2 ** Math.ceil(Math.log2(leaves.length) - 1);
  return sha256(Buffer.of(1), rfcRoot(leaves.slice(0, half)), rfcRoot(leaves.slice(half)));
}

const rfcLeaf = (text: string) => sha256(Buffer.of(0), Buffer.from(text));

const texts = fc.array(fc.string(), { minLength: 1, maxLength: 40 });
const textsAndPlaces = texts.chain((list) =>
  fc.tuple(fc.constant(list), fc.nat(list.length - 1), fc.nat(list.length - 1)),
);

describe('Merkle tree', () => {
  it('has the root that RFC 6962 defines, for every number of leaves', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.string(), { maxLength: 70 }), async (list) => {
        const root = await merkleRoot(await Promise.all(list.map(leafHash)));

        expect(root).toBe(rfcRoot(list.map(rfcLeaf)).toString('hex'));
      }),
      { numRuns: 60 },
    );
  });

  it('has that root also where its hashing goes in slices', async () => {
    const leaves = Array.from({ length: 5001 }, (_, at) => rfcLeaf(String(at)));

    const root = await merkleRoot(leaves.map((leaf) => leaf.toString('hex')));

    expect(root).toBe(rfcRoot(leaves).toString('hex'));
  });

  it('has a path from every leaf to the root', async () => {
    await fc.assert(
      fc.asyncProperty(textsAndPlaces, async ([list, position]) => {
        const leaves = await Promise.all(list.map(leafHash));
        const path = await inclusionPath(leaves, position);

        const root = await rootOfPath({
          ...{ leaf: leaves[position] ?? '', position, leaves: leaves.length, path },
        });

        expect(root).toBe(await merkleRoot(leaves));
      }),
      { numRuns: 60 },
    );
  });

  it('has no path for another leaf, another place or a longer path', async () => {
    await fc.assert(
      fc.asyncProperty(textsAndPlaces, async ([drawn, position, other]) => {
        const list = drawn.map((text, at) => `${at}${text}`);
        const leaves = await Promise.all(list.map(leafHash));
        const path = await inclusionPath(leaves, position);
        const root = await merkleRoot(leaves);
        const proof = { leaf: leaves[position] ?? '', position, leaves: leaves.length, path };

        expect(await rootOfPath({ ...proof, leaf: await leafHash('another') })).not.toBe(root);
        expect(await rootOfPath({ ...proof, path: [...path, root] })).toBeUndefined();
        expect(await rootOfPath({ ...proof, position: leaves.length })).toBeUndefined();
        if (other !== position) expect(await rootOfPath({ ...proof, position: other })).not.toBe(root);
      }),
      { numRuns: 60 },
    );
  });

  it('takes no node for a leaf', async () => {
    const [first, second] = [rfcLeaf('one'), rfcLeaf('two')];

    const root = await merkleRoot([first.toString('hex'), second.toString('hex')]);

    expect(root).not.toBe(sha256(Buffer.of(0), first, second).toString('hex'));
  });
});
