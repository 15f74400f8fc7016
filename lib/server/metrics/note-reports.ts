import { stepStart } from '@/lib/server/metrics/metric-lane';
import { recorder } from '@/lib/server/metrics/record';
import type { Report } from '@/lib/server/metrics/report';
import { unsent } from '@/lib/server/metrics/unsent';
import { STEP_MS } from '@/lib/shared/metrics';

/** Reports that are kept while they cannot be written. */
const MOST_REPORTS = 60;

type Noting = { reportedMs: number; everyMs: number; isEnding: boolean };

/**
 * Brings the reports of this process up to date: of the running minute, of those before that are not written to their end, and
 * of those that went by without a report. Each says that all was reported that this process had counted by `reportedMs`.
 */
export function noteReports(noting: Noting): void {
  const runningMs = stepStart(noting.reportedMs, 'minute');
  const { reports } = unsent;
  const newestMs = Math.max(unsent.newestMinuteMs, runningMs - MOST_REPORTS * STEP_MS.minute);
  const firstMs = unsent.newestMinuteMs === 0 ? runningMs : newestMs + STEP_MS.minute;
  for (let atMs = firstMs; atMs <= runningMs; atMs += STEP_MS.minute) reports.set(atMs, begun(atMs));
  unsent.newestMinuteMs = Math.max(unsent.newestMinuteMs, runningMs);
  for (const [atMs, report] of reports) {
    Object.assign(report, { reportedMs: noting.reportedMs, everyMs: noting.everyMs });
    if (atMs === runningMs) measure(report);
  }
  const running = reports.get(runningMs);
  if (running) running.isEnded = noting.isEnding;
  const givenUp = [...reports.keys()].slice(0, Math.max(reports.size - MOST_REPORTS, 0));
  for (const atMs of givenUp) reports.delete(atMs);
}

function begun(atMs: number): Report {
  const { instance } = unsent;
  return { instance, atMs, reportedMs: 0, isEnded: false, everyMs: 0, last: {}, highest: {} };
}

function measure(report: Report): void {
  for (const [gauge, read] of recorder.gauges) {
    const value = read();
    report.last[gauge] = value;
    report.highest[gauge] = Math.max(report.highest[gauge] ?? value, value);
  }
}
