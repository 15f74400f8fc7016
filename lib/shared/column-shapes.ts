import type { DateNotation, MappedField } from '@/lib/shared/batch-mapping';
import { meantValue } from '@/lib/shared/value-words';

/** Fields whose values are dates. */
export const DATED_FIELDS: ReadonlySet<MappedField> = new Set(['availableFrom', 'dueAt', 'availableUntil']);

const UNAMBIGUOUS_DATE = /^(\d{4}-\d{2}-\d{2}([T ].*)?|\d{1,2}\.\d{1,2}\.\d{4}( .*)?)$/;
const TWO_NUMBERS_AND_YEAR = /^(\d{1,2})[/-](\d{1,2})[/-]\d{4}\b/;
const DAYS = /^[+-]?\d{1,4}$/;

/** A year has twelve months, so a larger number must be a day. */
const MONTHS = 12;

/** Whether all of these values name a type of assignment. */
export function holdsTypes(values: readonly string[]): boolean {
  return values.length > 0 && values.every((value) => meantValue('type', value) !== undefined);
}

/** Whether all of these values are dates that can be read in one way only. */
export function holdsDates(values: readonly string[]): boolean {
  return values.length > 0 && values.every((value) => UNAMBIGUOUS_DATE.test(value));
}

/**
 * How the dates of a column are written. Where no value of day/month/year has a number above twelve it stays `auto`,
 * which refuses them: a guess would move deadlines.
 */
export function notationOf(values: readonly string[]): DateNotation {
  if (values.length > 0 && values.every((value) => DAYS.test(value))) return 'daysFromStart';
  const pairs = values.flatMap((value) => {
    const found = TWO_NUMBERS_AND_YEAR.exec(value);
    return found ? [{ first: Number(found[1]), second: Number(found[2]) }] : [];
  });
  const hasDayFirst = pairs.some(({ first }) => first > MONTHS);
  const hasMonthFirst = pairs.some(({ second }) => second > MONTHS);
  if (hasDayFirst === hasMonthFirst) return 'auto';
  return hasDayFirst ? 'dayMonthYear' : 'monthDayYear';
}
