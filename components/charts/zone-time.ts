const formats = new Map<string, Intl.DateTimeFormat>();

function formatIn(timeZone: string, options: Intl.DateTimeFormatOptions, name: string): Intl.DateTimeFormat {
  const key = `${timeZone} ${name}`;
  const known = formats.get(key);
  if (known) return known;
  const format = new Intl.DateTimeFormat('en-GB', { timeZone, hourCycle: 'h23', ...options });
  formats.set(key, format);
  return format;
}

const CLOCK = { hour: '2-digit', minute: '2-digit' } as const;
const DAY = { day: 'numeric', month: 'short' } as const;

/** The time of day in a zone: "10:42". */
export const clockText = (atMs: number, timeZone: string) => formatIn(timeZone, CLOCK, 'clock').format(atMs);

/** Day and time in a zone: "25 Nov, 10:42". */
export const dayClockText = (atMs: number, timeZone: string) =>
  formatIn(timeZone, { ...DAY, ...CLOCK }, 'day and clock').format(atMs);

const DAY_MS = 86_400_000;

/** A moment of a time that is shown: with its day, where the time is longer than one. */
export function momentText(atMs: number, spanMs: number, timeZone: string): string {
  return spanMs > DAY_MS ? dayClockText(atMs, timeZone) : clockText(atMs, timeZone);
}

/** A tick of a time axis: the day where it begins, else the time of day. */
export function tickText(atMs: number, timeZone: string): string {
  const clock = clockText(atMs, timeZone);
  return clock === '00:00' ? formatIn(timeZone, DAY, 'day').format(atMs) : clock;
}

/** How far the clocks of a zone are ahead of UTC at a moment. */
export function zoneOffsetMs(atMs: number, timeZone: string): number {
  const parts = formatIn(
    timeZone,
    {
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    },
    'parts',
  ).formatToParts(atMs);
  const part = (name: string) => Number(parts.find(({ type }) => type === name)?.value ?? 0);
  const wallMs = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  );
  return wallMs - Math.floor(atMs / 1000) * 1000;
}
