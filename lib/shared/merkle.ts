/**
 * The Merkle tree of RFC 6962 (section 2.1) with SHA-256: leaves and nodes are hashed under different prefixes, so that no node
 * can be passed off as a leaf. Hashes are hex. Runs in browsers and in Node by WebCrypto.
 */
const LEAF_PREFIX = 0;
const NODE_PREFIX = 1;

/** The hash of a leaf that holds this text. */
export function leafHash(text: string): Promise<string> {
  return bytesHash(joined(LEAF_PREFIX, new TextEncoder().encode(text)));
}

/** SHA-256 of a text, hex. */
export function textHash(text: string): Promise<string> {
  return bytesHash(new TextEncoder().encode(text));
}

/** The root over these leaves in their order; without leaves the hash of nothing. */
export async function merkleRoot(leaves: readonly string[]): Promise<string> {
  let level: readonly string[] = leaves;
  while (level.length > 1) level = await levelAbove(level);
  return level[0] ?? bytesHash(new Uint8Array());
}

/** The hashes that lead from a leaf to the root: its sibling first. */
export async function inclusionPath(leaves: readonly string[], position: number): Promise<string[]> {
  const path: string[] = [];
  let level: readonly string[] = leaves;
  for (let at = position; level.length > 1; at = Math.floor(at / 2)) {
    const sibling = level[at % 2 === 0 ? at + 1 : at - 1];
    if (sibling !== undefined) path.push(sibling);
    level = await levelAbove(level);
  }
  return path;
}

type Inclusion = { leaf: string; position: number; leaves: number; path: readonly string[] };

/** The root that a leaf leads to, or undefined where the path does not fit a tree of so many leaves. */
export async function rootOfPath({ leaf, position, leaves, path }: Inclusion): Promise<string | undefined> {
  const sides = sidesOf(position, leaves);
  if (sides?.length !== path.length) return undefined;
  let hash = leaf;
  for (const [at, side] of sides.entries()) {
    const sibling = path[at] ?? '';
    hash = side === 'left' ? await nodeHash(sibling, hash) : await nodeHash(hash, sibling);
  }
  return hash;
}

/** On which side the siblings of a leaf stand, from the bottom up; undefined where there is no such leaf. */
function sidesOf(position: number, leaves: number): ('left' | 'right')[] | undefined {
  if (position < 0 || position >= leaves) return undefined;
  const sides: ('left' | 'right')[] = [];
  let at = position;
  for (let width = leaves; width > 1; width = Math.ceil(width / 2)) {
    if (at % 2 === 1) sides.push('left');
    // The last leaf of an odd level has no sibling and rises as it is.
    else if (at < width - 1) sides.push('right');
    at = Math.floor(at / 2);
  }
  return sides;
}

/** Hashes under way at once: a million of them would take a gigabyte. */
const AT_ONCE = 2048;

async function levelAbove(level: readonly string[]): Promise<string[]> {
  const above: string[] = [];
  for (let start = 0; start < level.length; start += AT_ONCE) {
    above.push(...(await pairsAbove(level.slice(start, start + AT_ONCE))));
  }
  return above;
}

function pairsAbove(level: readonly string[]): Promise<string[]> {
  return Promise.all(
    Array.from({ length: Math.ceil(level.length / 2) }, (_, pair) => {
      const [left = '', right] = [level[2 * pair], level[2 * pair + 1]];
      return right === undefined ? left : nodeHash(left, right);
    }),
  );
}

function nodeHash(left: string, right: string): Promise<string> {
  return bytesHash(joined(NODE_PREFIX, fromHex(left), fromHex(right)));
}

function joined(prefix: number, ...parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(1 + parts.reduce((sum, { length }) => sum + length, 0));
  bytes[0] = prefix;
  let at = 1;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** SHA-256 of bytes, hex. */
export async function bytesHash(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function fromHex(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}
