import { createHash } from 'node:crypto';
import type { NewAssignment } from '@/lib/shared/assignment';

const FIRST_CAPACITY = 1024;

/** Share of the places that may be taken before the table grows. */
const MAX_LOAD = 0.7;

/** What two rows must have in common to be told as duplicates. */
export function duplicateKey({
  title,
  type,
  dueAt,
}: Pick<NewAssignment, 'title' | 'type' | 'dueAt'>): string {
  return `${title.toLowerCase()}\n${type}\n${dueAt ?? ''}`;
}

/**
 * Remembers rows by a 64-bit hash of their text in a table of 12 bytes a place (open addressing, linear probing; Knuth,
 * The Art of Computer Programming, volume 3, section 6.4): 25 MB for a million rows. Two different texts meet with a
 * chance of one in 30 million for a whole file of that size, and then a hint is wrong, nothing else.
 */
export function seenRows() {
  let table = newTable(FIRST_CAPACITY);
  let count = 0;

  /** The number of the first row with this text; undefined where it is this one. */
  const firstWith = (text: string, rowNumber: number): number | undefined => {
    if (count >= table.rowNumbers.length * MAX_LOAD) table = grown(table);
    const digest = createHash('sha1').update(text).digest();
    const entry = { high: digest.readUInt32LE(0), low: digest.readUInt32LE(4) };
    const place = placeOf(table, entry);
    const first = table.rowNumbers[place] ?? 0;
    if (first !== 0) return first;
    put(table, place, { ...entry, rowNumber });
    count += 1;
    return undefined;
  };
  return { firstWith };
}

type Table = { highs: Uint32Array; lows: Uint32Array; rowNumbers: Uint32Array };
type Hash = { high: number; low: number };

function newTable(capacity: number): Table {
  return {
    highs: new Uint32Array(capacity),
    lows: new Uint32Array(capacity),
    rowNumbers: new Uint32Array(capacity),
  };
}

/** The place of a hash, or the free one where it belongs. A row number of 0 is a free place. */
function placeOf({ highs, lows, rowNumbers }: Table, { high, low }: Hash): number {
  const mask = rowNumbers.length - 1;
  let place = low & mask;
  while (rowNumbers[place] !== 0 && (highs[place] !== high || lows[place] !== low))
    place = (place + 1) & mask;
  return place;
}

function put(table: Table, place: number, { high, low, rowNumber }: Hash & { rowNumber: number }): void {
  table.highs[place] = high;
  table.lows[place] = low;
  table.rowNumbers[place] = rowNumber;
}

function grown(old: Table): Table {
  const table = newTable(old.rowNumbers.length * 2);
  for (const [position, rowNumber] of old.rowNumbers.entries()) {
    if (rowNumber === 0) continue;
    const entry = { high: old.highs[position] ?? 0, low: old.lows[position] ?? 0 };
    put(table, placeOf(table, entry), { ...entry, rowNumber });
  }
  return table;
}
