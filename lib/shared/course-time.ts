import { fromAbsolute, parseDate, parseDateTime, toCalendarDateTime, toZoned } from '@internationalized/date';

/** An instant as the text of a `datetime-local` control in a time zone: YYYY-MM-DDTHH:mm. */
export function toLocalText(instant: string, timeZone: string): string {
  return toCalendarDateTime(fromAbsolute(Date.parse(instant), timeZone))
    .toString()
    .slice(0, 16);
}

/**
 * The instant of a `datetime-local` text in a time zone. A time that the clocks skip in spring is moved forward by
 * the skipped hour; of a time that comes twice in autumn, the first one counts (RFC 5545, section 3.3.5).
 * @returns the ISO instant, or undefined where the text is no date and time
 */
export function toInstant(localText: string, timeZone: string): string | undefined {
  try {
    return toZoned(parseDateTime(localText), timeZone, 'compatible').toDate().toISOString();
  } catch {
    return undefined;
  }
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
