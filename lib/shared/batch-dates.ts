import { parseDate } from '@internationalized/date';
import type { DateNotation } from '@/lib/shared/batch-mapping';
import { instantsOfDay, toInstant } from '@/lib/shared/course-time';

/** What a course gives to read a date that belongs to it. */
export type DateFrame = { timeZone: string; startsOn: string };

/** Which end of its day a date without a time means. */
export type DayEnd = 'opens' | 'ends';

type DateText = { text: string; notation: DateNotation; dayEnd: DayEnd };

/** An exact moment, or why there is none. */
export type ReadDate = { instant: string } | { problem: string };

const ZONED = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?) ?(Z|[+-]\d{2}:?\d{2})$/i;
const ISO = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]+(.+))?$/;
const DOTTED = /^(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})(?:[,T ]+(.+))?$/;
const PARTS = /^(\d{1,2})[./-](\d{1,2})[./-](\d{4})(?:[,T ]+(.+))?$/;
const TIME = /^(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?(?:\s?([ap])\.?m\.?)?(?:\s?(?:Uhr|h))?$/i;
const DAYS = /^[+-]?\d{1,5}$/;

const HOW_TO_WRITE = 'Give a date such as 2026-10-31, 31.10.2026 23:59 or 2026-10-31T23:59:00Z';

/**
 * Reads a date of a file: ISO 8601 in any notation but `daysFromStart`, day.month.year, or as the notation says. Without
 * a zone it is local to the course; without a time it is 00:00 where something opens and 23:59 where it ends.
 */
export function readDate({ text, notation, dayEnd }: DateText, frame: DateFrame): ReadDate {
  if (notation === 'daysFromStart') return daysFromStart(text, dayEnd, frame);
  const zoned = ZONED.exec(text);
  if (zoned) return zonedInstant(zoned);
  const local = localParts(text, notation);
  if (!local) return { problem: problemOf(text) };
  return localInstant(local.date, local.time, { dayEnd, timeZone: frame.timeZone });
}

function daysFromStart(text: string, dayEnd: DayEnd, { timeZone, startsOn }: DateFrame): ReadDate {
  if (!DAYS.test(text)) return { problem: 'Give the days from the start of the course as a whole number' };
  const date = parseDate(startsOn)
    .add({ days: Number(text) })
    .toString();
  return localInstant(date, undefined, { dayEnd, timeZone });
}

function zonedInstant([, date, time, zone = '']: string[]): ReadDate {
  const offset =
    zone.toUpperCase() === 'Z' || zone.includes(':') ? zone : `${zone.slice(0, 3)}:${zone.slice(3)}`;
  const milliseconds = Date.parse(`${date}T${time}${offset.toUpperCase()}`);
  if (Number.isNaN(milliseconds)) return { problem: 'There is no such date or time' };
  return { instant: new Date(milliseconds).toISOString() };
}

type LocalParts = { date: string; time: string | undefined };

function localParts(text: string, notation: DateNotation): LocalParts | undefined {
  const iso = ISO.exec(text);
  if (iso) return partsOf(iso[1], iso[2], iso[3], iso[4]);
  if (notation === 'monthDayYear') {
    const found = PARTS.exec(text);
    return found ? partsOf(found[3], found[1], found[2], found[4]) : undefined;
  }
  const found = (notation === 'dayMonthYear' ? PARTS : DOTTED).exec(text);
  return found ? partsOf(found[3], found[2], found[1], found[4]) : undefined;
}

function partsOf(year = '', month = '', day = '', time?: string): LocalParts {
  return { date: `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`, time };
}

function localInstant(
  date: string,
  time: string | undefined,
  { dayEnd, timeZone }: { dayEnd: DayEnd; timeZone: string },
): ReadDate {
  const day = instantsOfDay(date, timeZone);
  if (!day) return { problem: `There is no day ${date}` };
  // The clocks may skip midnight: the first instant of the day is meant, whatever its time.
  if (time === undefined && dayEnd === 'opens') return { instant: day.first };
  const clock = time === undefined ? '23:59' : clockOf(time.trim());
  if (!clock) return { problem: `Give the time as 23:59, not as "${time}"` };
  const read = toInstant(`${date}T${clock}`, timeZone);
  return 'problem' in read ? read : { instant: read.instant };
}

function clockOf(time: string): string | undefined {
  const found = TIME.exec(time);
  if (!found) return undefined;
  const [, hour = '', minute, second, half] = found;
  const hours = half ? (Number(hour) % 12) + (half.toLowerCase() === 'p' ? 12 : 0) : Number(hour);
  return `${String(hours).padStart(2, '0')}:${minute}${second ? `:${second}` : ''}`;
}

function problemOf(text: string): string {
  return PARTS.test(text)
    ? 'Say in the mapping whether the day or the month comes first, or write the date as 2026-10-31'
    : HOW_TO_WRITE;
}
