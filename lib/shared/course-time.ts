import {
  type CalendarDateTime,
  parseAbsolute,
  parseDate,
  parseDateTime,
  toCalendarDateTime,
  toZoned,
} from '@internationalized/date';

/** What a person typed as a local time, as an exact moment, or why there is no such moment. */
export type CourseTime =
  | {
      instant: string;
      /** The clocks go back over this time, so the zone has it twice that day. */
      isRepeated: boolean;
    }
  | { problem: string };

const LOCAL_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?$/;

/** The text of a `datetime-local` control for an instant in a time zone, as exact as the instant. */
export function toLocalTime(instant: string, timeZone: string): string {
  const text = toCalendarDateTime(parseAbsolute(instant, timeZone)).toString();
  return text.replace(/:00$/, '');
}

/**
 * The instant that the text of a `datetime-local` control means in a time zone. A time that the zone has twice (clocks
 * go back) means the first one, or `kept` where that is one of the two; a time that the zone skips (clocks go forward)
 * is a problem, not a guess. Source: RFC 5545, section 3.3.5, for the repeated and the skipped hour.
 */
export function toInstant(text: string, timeZone: string, kept: string | null = null): CourseTime {
  const local = parseLocalTime(text);
  if (!local) return { problem: 'Give a date and a time, such as 1 October 2026, 23:59' };

  const [first, second] = [instantOf(local, timeZone, 'earlier'), instantOf(local, timeZone, 'later')];
  if (first === second) return { instant: first, isRepeated: false };
  const isSkipped = toLocalTime(first, timeZone) !== toLocalTime(second, timeZone);
  if (isSkipped) {
    const next = toLocalTime(second, timeZone).slice(11);
    return { problem: `The clocks go forward over this time in ${timeZone}: choose ${next} or another time` };
  }
  return { instant: kept === second ? second : first, isRepeated: true };
}

/** The first and the last instant (to the millisecond) of a calendar date (YYYY-MM-DD) in a time zone. */
export function dayRange(date: string, timeZone: string): { first: string; last: string } {
  const day = parseDate(date);
  const next = day.add({ days: 1 }).toDate(timeZone);
  return {
    first: day.toDate(timeZone).toISOString(),
    last: new Date(next.getTime() - 1).toISOString(),
  };
}

function parseLocalTime(text: string): CalendarDateTime | undefined {
  if (!LOCAL_TIME.test(text)) return undefined;
  try {
    return parseDateTime(text);
  } catch {
    // The library refuses 30 February by throwing; here that is an expected outcome.
    return undefined;
  }
}

function instantOf(local: CalendarDateTime, timeZone: string, which: 'earlier' | 'later'): string {
  return toZoned(local, timeZone, which).toDate().toISOString();
}
