import { hoursAfter } from '@/lib/shared/audit-hour';
import {
  canonicalJson,
  type PublicKeys,
  type Seal,
  type SealedItem,
  type SealFinding,
  sealStatement,
} from '@/lib/shared/audit-seal';
import { bytesHash, leafHash, merkleRoot, textHash } from '@/lib/shared/merkle';

/** What lies in an hour now. `record` is null where the reader may not see it: then its leaf is the server's word. */
export type FoundRecord = { id: string; leaf: string; record: string | null };

type Hour = {
  seal: Seal;
  /** The list that was stored with the seal. */
  list: readonly SealedItem[];
  found: readonly FoundRecord[];
  /** Unix time: what is past its `ttl` may be gone. */
  nowSeconds: number;
};

/**
 * Compares what lies in an hour with what was sealed. Items that swapped their contents have both changed; another order
 * cannot be, because it follows from their keys.
 * @returns what is wrong; nothing where all is as it was sealed
 */
export async function verifyHour({ seal, list, found, nowSeconds }: Hour): Promise<SealFinding[]> {
  const { hour } = seal;
  const now = new Map(
    await Promise.all(found.map(async (record) => [record.id, await leafOf(record)] as const)),
  );
  const isRootOfList = (await merkleRoot(list.map(({ leaf }) => leaf))) === seal.root;
  if (!isRootOfList)
    return [
      await listFinding(
        seal,
        [...now].sort(([a], [b]) => (a < b ? -1 : 1)),
      ),
    ];
  const isListSealed = seal.listRoot === undefined || seal.listRoot === (await listRootOf(list));
  const sealed = new Map(list.map((item) => [item.id, item]));
  const changed = list.filter(({ id, leaf }) => now.has(id) && now.get(id) !== leaf);
  const removed = list.filter(({ id, ttl }) => !now.has(id) && (ttl > nowSeconds || !isListSealed));
  const extra = [...now.keys()].filter((id) => !sealed.has(id));
  const sealedEvents = new Set(list.map(({ id }) => eventIdOf(id)));
  const twice = extra.filter((id) => sealedEvents.has(eventIdOf(id)));
  const added = extra.filter((id) => !sealedEvents.has(eventIdOf(id)));
  const ids = (items: { id: string }[]) => items.map(({ id }) => id);
  return [
    ...(isListSealed ? [] : [changedTimes(hour)]),
    ...finding(hour, 'changed', ids(changed), 'changed after it was sealed'),
    ...finding(hour, 'removed', ids(removed), 'removed after it was sealed'),
    ...finding(hour, 'added', added, 'added after the hour was sealed'),
    ...finding(hour, 'written_twice', twice, 'written a second time; what was sealed is there as well'),
  ];
}

function leafOf({ leaf, record }: FoundRecord): Promise<string> {
  return record === null ? Promise.resolve(leaf) : leafHash(record);
}

/** The part of an item's id that names its event, wherever it lies. */
function eventIdOf(id: string): string {
  return id.startsWith('A#') ? id.slice(id.lastIndexOf('#') + 1) : id;
}

function finding(hour: string, fault: SealFinding['fault'], items: string[], what: string): SealFinding[] {
  if (items.length === 0) return [];
  const [first = ''] = items;
  const others = items.length > 1 ? ` and ${items.length - 1} more` : '';
  return [{ hour, fault, items, message: `Hour ${hour}: ${first}${others}: ${what}` }];
}

/** Entries that are hashed as one text. */
const ENTRIES_AT_ONCE = 2048;

/** The Merkle root over a whole list, in texts of 2,048 entries: ids, leaves, and when each item may be gone. */
export async function listRootOf(list: readonly SealedItem[]): Promise<string> {
  const leaves: string[] = [];
  for (let start = 0; start < list.length; start += ENTRIES_AT_ONCE) {
    const entries = list.slice(start, start + ENTRIES_AT_ONCE);
    leaves.push(await leafHash(canonicalJson(entries.map(({ id, leaf, ttl }) => [id, leaf, ttl]))));
  }
  return merkleRoot(leaves);
}

/** What the list says of times is worth nothing then: whatever is gone counts as removed. */
function changedTimes(hour: string): SealFinding {
  const message = `Hour ${hour}: the list beside the seal was changed: where items lie, or when they may be gone`;
  return { hour, fault: 'list_changed', items: [], message };
}

/** Without its list nobody can name single items; what lies there may still be exactly what was sealed. */
async function listFinding(seal: Seal, found: (readonly [string, string])[]): Promise<SealFinding> {
  const isDataSealed = (await merkleRoot(found.map(([, leaf]) => leaf))) === seal.root;
  return {
    hour: seal.hour,
    fault: 'list_changed',
    items: [],
    message: `Hour ${seal.hour}: the list beside the seal was changed; ${
      isDataSealed
        ? 'the events themselves are as they were sealed'
        : 'and the events are not what was sealed, or some have expired'
    }`,
  };
}

type Chain = {
  /** Oldest first. */
  seals: readonly Seal[];
  /** The hour that must come first. */
  firstHour: string;
  /** The seal that it must follow: null at the beginning of the trail, `unknown` where nobody has looked at it. */
  previous: Seal | null | 'unknown';
  keys: PublicKeys['keys'];
  /** A seal that was kept elsewhere. */
  anchor?: Seal | undefined;
};

/** Checks signatures, that hours follow each other without a gap, and that nothing was cut off before an anchor. */
export async function verifyChain({
  seals,
  firstHour,
  previous,
  keys,
  anchor,
}: Chain): Promise<SealFinding[]> {
  const findings: SealFinding[] = [];
  let before = previous;
  let expected = firstHour;
  for (const seal of seals) {
    if (seal.hour !== expected) findings.push(missing(expected, seal.hour));
    else if (!(await follows(seal, before))) findings.push(broken(seal.hour));
    if (!(await isSignedBy(seal, keys))) findings.push(unsigned(seal));
    before = seal;
    expected = hoursAfter(seal.hour, 1);
  }
  return [...findings, ...(anchor ? anchorFindings(seals, anchor) : [])];
}

async function follows(seal: Seal, before: Chain['previous']): Promise<boolean> {
  if (before === 'unknown') return true;
  return seal.previous === (before && (await textHash(sealStatement(before))));
}

function missing(expected: string, found: string): SealFinding {
  const message = `Hour ${expected}: its seal is missing; the next one there is that of hour ${found}`;
  return { hour: expected, fault: 'hour_missing', items: [], message };
}

function broken(hour: string): SealFinding {
  const message = `Hour ${hour}: its seal does not follow from the one of the hour before`;
  return { hour, fault: 'chain_broken', items: [], message };
}

function unsigned({ hour, keyId }: Seal): SealFinding {
  const message = `Hour ${hour}: its seal is not signed by a known key (it names ${keyId})`;
  return { hour, fault: 'signature_wrong', items: [], message };
}

function anchorFindings(seals: readonly Seal[], anchor: Seal): SealFinding[] {
  const newest = seals.at(-1)?.hour ?? '';
  if (newest < anchor.hour) {
    const message = `Hour ${anchor.hour}: it was sealed once, as the anchor proves, and is not there any more`;
    return [{ hour: anchor.hour, fault: 'tail_missing', items: [], message }];
  }
  const same = seals.find(({ hour }) => hour === anchor.hour);
  if (!same || sealStatement(same) === sealStatement(anchor)) return [];
  const message = `Hour ${anchor.hour}: its seal is another one than the anchor`;
  return [{ hour: anchor.hour, fault: 'chain_broken', items: [], message }];
}

/** Whether one of these keys signed a seal. */
export async function isSignedBy(seal: Seal, keys: PublicKeys['keys']): Promise<boolean> {
  const key = keys.find(({ keyId }) => keyId === seal.keyId);
  if (!key || !(await isNamedRightly(key))) return false;
  const imported = await crypto.subtle.importKey('raw', fromBase64(key.publicKey), 'Ed25519', false, [
    'verify',
  ]);
  const statement = new TextEncoder().encode(sealStatement(seal));
  return crypto.subtle.verify('Ed25519', imported, fromBase64(seal.signature), statement);
}

/** A key is named by its own hash, so that nobody can put another one under its name. */
async function isNamedRightly({ keyId, publicKey }: PublicKeys['keys'][number]): Promise<boolean> {
  return (await bytesHash(fromBase64(publicKey))).startsWith(keyId);
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
