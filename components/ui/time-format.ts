const LOCALE = 'en-GB';

export type TimePrecision = 'minutes' | 'seconds';

const formats = new Map<string, Intl.DateTimeFormat>();

/** Building a format takes longer than using it a hundred times, so each zone keeps its own. */
function formatIn(timeZone: string, precision: TimePrecision): Intl.DateTimeFormat {
  const key = `${timeZone} ${precision}`;
  const known = formats.get(key);
  if (known) return known;
  const format = new Intl.DateTimeFormat(LOCALE, {
    timeZone,
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    ...(precision === 'seconds' ? { second: '2-digit' as const } : {}),
    hourCycle: 'h23',
  });
  formats.set(key, format);
  return format;
}

/** An instant as people read it in a time zone: "1 Oct 2026, 23:59", or "1 Oct 2026, 23:59:07". */
export function formatInstant(
  instant: string,
  timeZone: string,
  precision: TimePrecision = 'minutes',
): string {
  return formatIn(timeZone, precision).format(new Date(instant));
}

const dateFormat = new Intl.DateTimeFormat(LOCALE, { dateStyle: 'medium', timeZone: 'UTC' });

/** A calendar date (YYYY-MM-DD) without a zone: "1 Oct 2026". */
export function formatDate(date: string): string {
  return dateFormat.format(new Date(`${date}T00:00:00Z`));
}
