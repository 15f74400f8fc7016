import {
  type CalendarDateTime,
  parseAbsolute,
  parseDate,
  parseDateTime,
  toCalendarDateTime,
  toZoned,
} from '@internationalized/date';

/** What a local time means: an exact moment, or why there is none. */
export type CourseTime =
  | {
      instant: string;
      /** The clocks go back over this time: the zone has it twice that day, and the first one is meant. */
      isRepeated: boolean;
    }
  | { problem: string };

/** Four digits of a year: the library also reads years before our calendar, which no control can show. */
const LOCAL_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?$/;

/** An instant as the text of a `datetime-local` control in a time zone, as exact as the instant itself. */
export function toLocalText(instant: string, timeZone: string): string {
  return toCalendarDateTime(parseAbsolute(instant, timeZone)).toString().replace(/:00$/, '');
}

/**
 * What a `datetime-local` text means in a time zone. Of a time that comes twice in autumn the first one counts (RFC
 * 5545, section 3.3.5); a time that the clocks skip in spring is a problem to show, because any guess moves a deadline.
 */
export function toInstant(localText: string, timeZone: string): CourseTime {
  const local = parseLocalText(localText);
  if (!local) return { problem: 'Give a date and a time, such as 1 October 2026, 23:59' };

  const earlier = toZoned(local, timeZone, 'earlier').toDate().toISOString();
  const later = toZoned(local, timeZone, 'later').toDate().toISOString();
  const shown = toLocalText(later, timeZone);
  if (shown !== toLocalText(earlier, timeZone)) {
    return {
      problem: `The clocks go forward over this time in ${timeZone}: choose ${shown.slice(11)} or later`,
    };
  }
  return { instant: earlier, isRepeated: earlier !== later };
}

/** The first and the last instant of a calendar date (YYYY-MM-DD) in a time zone; undefined where it is no date. */
export function instantsOfDay(date: string, timeZone: string): { first: string; last: string } | undefined {
  try {
    const day = parseDate(date);
    const first = toZoned(day, timeZone).toDate();
    const next = toZoned(day.add({ days: 1 }), timeZone).toDate();
    return { first: first.toISOString(), last: new Date(next.getTime() - 1).toISOString() };
  } catch {
    return undefined;
  }
}

function parseLocalText(localText: string): CalendarDateTime | undefined {
  if (!LOCAL_TIME.test(localText)) return undefined;
  try {
    return parseDateTime(localText);
  } catch {
    return undefined;
  }
}
