import { LONGEST_SILENCE_MS } from '@/lib/shared/alert';
import { toInstant } from '@/lib/shared/course-time';

const HOUR_MS = 3_600_000;

/** The clock of the server may be so much behind. */
const CLOCKS_MS = 60_000;

/** The choice of an own time. */
export const OWN_END = 'own';

/** How long a silence may last, in milliseconds as text. */
export const LENGTHS = [
  { value: String(HOUR_MS / 2), label: '30 minutes' },
  { value: String(HOUR_MS), label: '1 hour' },
  { value: String(4 * HOUR_MS), label: '4 hours' },
  { value: String(24 * HOUR_MS), label: '1 day' },
  { value: String(LONGEST_SILENCE_MS - CLOCKS_MS), label: '7 days' },
  { value: OWN_END, label: 'Until a time of your own' },
];

type Chosen = { length: string; ownEnd: string };
type Clock = { nowMs: number; timeZone: string };

/** The instant at which a silence ends, or what is wrong with it. */
export function silenceEnd(
  { length, ownEnd }: Chosen,
  { nowMs, timeZone }: Clock,
): { until: string } | { problem: string } {
  if (length !== OWN_END) return { until: new Date(nowMs + Number(length)).toISOString() };
  const time = toInstant(ownEnd, timeZone);
  if ('problem' in time) return { problem: time.problem };
  const leftMs = Date.parse(time.instant) - nowMs;
  if (leftMs <= 0) return { problem: 'Choose an end that is still to come' };
  if (leftMs > LONGEST_SILENCE_MS) return { problem: 'A silence lasts seven days at most' };
  return { until: time.instant };
}
