import { createHash } from 'node:crypto';
import { CAUSE_WORDS, FILLER_WORDS } from '@/lib/server/failed-items/record/message-words';
import type { FailedItem } from '@/lib/shared/failed-item';

export type Cause = Pick<FailedItem, 'kind' | 'code' | 'reason' | 'resource' | 'field' | 'message'>;

const LENGTH = 16;

/**
 * Names the cause of a failure: the same for two items that failed for the same reason, whatever their own values.
 * @param values what is particular to the item: cells, ids, titles; they are taken out of the message
 */
export function fingerprintOf(
  { kind, code, reason, resource, field, message }: Cause,
  values: readonly string[],
): string {
  const parts = [kind, code, reason, resource, field?.replace(/\d+/g, '#'), essenceOf(message, values)];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, LENGTH);
}

/** Quoted texts, with marks that stand at the edges of words: the apostrophe of "can't" opens none. One may be cut off. */
const QUOTED = /(?<![\p{L}\p{N}])(["'`“‘«„])[\s\S]*?(?:["'`”’»“](?![\p{L}\p{N}])|…$)/gu;

const WORD = /[\p{L}\p{N}][\p{L}\p{N}\p{M}'’:@/\\._#+-]*/gu;

/** Makes a word that a value is a part of as particular as the value. */
const PLACE_OF_VALUE = '#';

/** Numbers, dates, ids and addresses. */
const PARTICULAR = /[\p{N}@/\\#]/u;

/** Shorter ones are small words, whichever language they are from. */
const SHORTEST_WORD = 3;

/** What a message says apart from everything that could differ from item to item. */
function essenceOf(message: string, values: readonly string[]): string {
  const ofItems = withoutValues(message, values).replace(QUOTED, ' ');
  return wordsOf(ofItems).filter(isTelling).join(' ').toLowerCase();
}

function withoutValues(message: string, values: readonly string[]): string {
  return (
    [...new Set(values.map((value) => value.trim()))]
      .filter(isRecognisable)
      // A corrected file brings whole messages in a column of its own.
      .filter((value) => value !== message && message.includes(value))
      .sort((a, b) => b.length - a.length)
      .reduce((text, value) => text.replace(wholeWords(value), PLACE_OF_VALUE), message)
  );
}

/** Words of a title such as "Row 7", which is a value although "row" is a word of messages. */
const NUMBERED_TITLE = 3;

/** Whether a text can only be a value where a message holds it: the messages' own words do not make it up. */
function isRecognisable(value: string): boolean {
  const words = wordsOf(value);
  const isOwn = (word: string) => isCauseWord(word) || !isTelling(word);
  if (!words.every(isOwn)) return true;
  return words.length > 1 && words.length <= NUMBERED_TITLE && words.some((word) => PARTICULAR.test(word));
}

/** Messages write few words in capitals; course IDs are. */
function isCauseWord(word: string): boolean {
  return CAUSE_WORDS.has(word === word.toUpperCase() ? word : word.toLowerCase());
}

function wholeWords(value: string): RegExp {
  const escaped = value.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
  return new RegExp(`(?<![\\p{L}\\p{N}_])${escaped}(?![\\p{L}\\p{N}_])`, 'gu');
}

function wordsOf(text: string): string[] {
  return [...text.matchAll(WORD)].map(([word]) => word.replace(/[^\p{L}\p{N}]+$/u, ''));
}

/** Whether a word says something about the cause. */
function isTelling(word: string): boolean {
  return word.length >= SHORTEST_WORD && !PARTICULAR.test(word) && !FILLER_WORDS.has(word.toLowerCase());
}
