import { randomUUID } from 'node:crypto';
import type { Addition } from '@/lib/server/metrics/add-counts';
import { type Counts, mergeCounts } from '@/lib/server/metrics/counts';
import { recorder, type Tally } from '@/lib/server/metrics/record';
import type { Report } from '@/lib/server/metrics/report';
import { tallyCounts } from '@/lib/server/metrics/tally-counts';
import { processState } from '@/lib/server/process-state';
import type { Series } from '@/lib/shared/metrics';

/** Additions that are kept while they cannot be written: an hour of all series. Then the oldest are given up. */
const MOST_ADDITIONS = 480;

/**
 * What this process has counted and DynamoDB has not confirmed: at most one addition per series and minute, because an
 * earlier one must not be overtaken by a later; its reports; and all that it has counted since it began.
 */
export const unsent = processState('metricsUnsent', () => ({
  instance: randomUUID().slice(0, 8),
  sequence: 0,
  additions: new Map<string, Addition>(),
  reports: new Map<number, Report>(),
  /** The newest minute that has a report. */
  newestMinuteMs: 0,
  totals: new Map<Series, Counts>(),
}));

/**
 * Takes what was recorded into additions. What was recorded for a minute whose earlier addition is not confirmed stays where it is.
 * @returns the minutes of which something stayed
 */
export function takeRecorded(): Set<number> {
  const stayed = new Set<number>();
  for (const [key, tally] of recorder.tallies) {
    if (unsent.additions.has(key)) {
      stayed.add(tally.minuteMs);
    } else {
      recorder.tallies.delete(key);
      take(key, tally);
    }
  }
  return stayed;
}

/**
 * Gives the oldest additions up where there are too many. Their minutes get no report any more, so that they show as partial.
 * @returns how many were given up
 */
export function giveUpOldest(): number {
  const givenUp = [...unsent.additions].slice(0, Math.max(unsent.additions.size - MOST_ADDITIONS, 0));
  for (const [key, { minuteMs }] of givenUp) {
    unsent.additions.delete(key);
    unsent.reports.delete(minuteMs);
  }
  return givenUp.length;
}

/** Minutes of which an addition is not confirmed. */
export function unconfirmedMinutes(): number[] {
  return [...unsent.additions.values()].map(({ minuteMs }) => minuteMs);
}

function take(key: string, tally: Tally): void {
  const { series, minuteMs } = tally;
  const counts = tallyCounts(tally);
  const { instance } = unsent;
  unsent.sequence += 1;
  unsent.additions.set(key, { series, minuteMs, counts, instance, sequence: unsent.sequence });
  const before = unsent.totals.get(series);
  unsent.totals.set(series, before ? mergeCounts([before, counts]) : counts);
}
