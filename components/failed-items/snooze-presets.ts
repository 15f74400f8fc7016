import { toInstant, toLocalText } from '@/lib/shared/course-time';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const MORNING = '08:00';
const MONDAY = 1;

export type SnoozePreset = { label: string; until: string };

/** Moments until which something is usually put off; mornings are those of the person's time zone. */
export function snoozePresets(nowMs: number, timeZone: string): SnoozePreset[] {
  const today = toLocalText(new Date(nowMs).toISOString(), timeZone).slice(0, 10);
  const weekday = new Date(`${today}T00:00:00.000Z`).getUTCDay();
  const daysToMonday = (MONDAY - weekday + 7) % 7 || 7;
  return [
    { label: 'In 1 hour', until: new Date(nowMs + HOUR_MS).toISOString() },
    { label: 'In 4 hours', until: new Date(nowMs + 4 * HOUR_MS).toISOString() },
    ...morning('Tomorrow morning', dateAfter(today, 1), timeZone),
    ...morning('Monday morning', dateAfter(today, daysToMonday), timeZone),
  ];
}

function dateAfter(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00.000Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

function morning(label: string, date: string, timeZone: string): SnoozePreset[] {
  const time = toInstant(`${date}T${MORNING}`, timeZone);
  return 'problem' in time ? [] : [{ label, until: time.instant }];
}
