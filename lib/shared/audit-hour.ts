const HOUR_MS = 60 * 60 * 1000;

/** The hour (UTC, "2026-11-25T06") of an instant. */
export function hourOf(instant: string): string {
  return instant.slice(0, 13);
}

/** The hour that lies this many hours behind another; negative before it. */
export function hoursAfter(hour: string, hours: number): string {
  return hourOf(new Date(Date.parse(hourStart(hour)) + hours * HOUR_MS).toISOString());
}

/** The first instant of an hour. */
export function hourStart(hour: string): string {
  return `${hour}:00:00.000Z`;
}

/** The hours from one to another, both included, oldest first. */
export function hoursBetween(from: string, to: string): string[] {
  const first = Date.parse(hourStart(from));
  const count = (Date.parse(hourStart(to)) - first) / HOUR_MS + 1;
  return Array.from({ length: Math.max(count, 0) }, (_, at) =>
    hourOf(new Date(first + at * HOUR_MS).toISOString()),
  );
}
