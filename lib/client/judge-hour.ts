import {
  type PublicKeys,
  type Seal,
  type SealedRecords,
  type SealFault,
  type SealFinding,
  sealStatement,
} from '@/lib/shared/audit-seal';

type Entry = SealedRecords['records'][number];

/** Everything that one hour is judged by. `previous` is the seal before it; null where the range begins with the trail. */
export type SealedHour = { seal: Seal; previous: Seal | null; keys: PublicKeys; records: readonly Entry[] };

const encoder = new TextEncoder();

/**
 * What is wrong with one hour: its signature, its place in the chain, and what lies there now against its root. Nothing
 * is taken from the server's word: every hash is made here.
 */
export async function judgeHour({ seal, previous, keys, records }: SealedHour): Promise<SealFinding[]> {
  const { hour } = seal;
  const finding = (fault: SealFault, message: string, items: string[] = []): SealFinding => ({
    ...{ hour, fault, message, items },
  });
  const isSigned = await isSignedBy(keys, seal);
  const isChained = previous === null || seal.previous === (await sha256(utf8(sealStatement(previous))));
  const twice = writtenTwice(records);
  return [
    ...(isSigned ? [] : [finding('signature_wrong', 'No known key has signed the seal of this hour')]),
    ...(isChained ? [] : [finding('chain_broken', 'The seal does not name the seal of the hour before')]),
    ...(twice.length > 0 ? [finding('written_twice', 'The same event lies here twice', twice)] : []),
    ...(await recordFindings(seal, records, finding)),
  ];
}

type MakeFinding = (fault: SealFault, message: string, items?: string[]) => SealFinding;

async function recordFindings(
  { root, leaves }: Seal,
  records: readonly Entry[],
  finding: MakeFinding,
): Promise<SealFinding[]> {
  const hashes = await Promise.all(
    records.map(({ leaf, record }) => (record === null ? leaf : leafHash(record))),
  );
  const other = records.filter(({ leaf }, position) => hashes[position] !== leaf).map(({ id }) => id);
  if (other.length > 0) return [finding('changed', 'What lies there is not what its hash says', other)];
  if ((await merkleRoot(hashes)) === root) return [];
  const lie = `${records.length} items lie in this hour, and ${leaves} were sealed`;
  if (records.length > leaves) return [finding('added', lie)];
  if (records.length < leaves) return [finding('removed', lie)];
  return [finding('changed', `${lie}, but they are not the same`)];
}

async function isSignedBy({ keys }: PublicKeys, seal: Seal): Promise<boolean> {
  const known = keys.find(({ keyId }) => keyId === seal.keyId);
  if (!known) return false;
  const raw = fromBase64(known.publicKey);
  if (!(await sha256(raw)).startsWith(known.keyId)) return false;
  const key = await crypto.subtle.importKey('raw', raw, 'Ed25519', false, ['verify']);
  return crypto.subtle.verify('Ed25519', key, fromBase64(seal.signature), utf8(sealStatement(seal)));
}

/** Stored items whose event lies under another key as well. */
function writtenTwice(records: readonly Entry[]): string[] {
  const idsByEvent = new Map<string, string[]>();
  for (const { id } of records) {
    const [, eventId] = /^A#.*#([0-9a-f]{32})$/.exec(id) ?? [];
    if (eventId) idsByEvent.set(eventId, [...(idsByEvent.get(eventId) ?? []), id]);
  }
  return [...idsByEvent.values()].filter(({ length }) => length > 1).flat();
}

/** RFC 6962, section 2.1: a leaf is hashed behind a zero byte, a node behind a one. */
const leafHash = (record: string) => sha256(concat(Uint8Array.of(0), utf8(record)));

const nodeHash = (left: string, right: string) =>
  sha256(concat(Uint8Array.of(1), concat(fromHex(left), fromHex(right))));

/** Joining neighbours and carrying the odd one up gives the tree of RFC 6962 without recursion. */
async function merkleRoot(leaves: readonly string[]): Promise<string> {
  let level = leaves;
  while (level.length > 1) {
    const pairs = Array.from({ length: Math.ceil(level.length / 2) }, (_, at) =>
      level.slice(2 * at, 2 * at + 2),
    );
    level = await Promise.all(
      pairs.map(([left = '', right]) => (right === undefined ? left : nodeHash(left, right))),
    );
  }
  return level[0] ?? sha256(new Uint8Array());
}

async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

const utf8 = (text: string) => encoder.encode(text);

const fromHex = (hex: string) => Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));

const fromBase64 = (text: string) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

function concat(first: Uint8Array, second: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(first.length + second.length);
  bytes.set(first);
  bytes.set(second, first.length);
  return bytes;
}
