import type { Report } from '@/lib/server/metrics/report';
import { type MetricPoint, STEP_MS } from '@/lib/shared/metrics';

/** A process that has not reported for so long has vanished. */
const VANISHED_AFTER_MS = 30_000;

/** What is known of a minute, and how many processes reported in it. */
export type MinuteCoverage = { state: MetricPoint['state']; instances: number };

/** What a process counted in the time from `fromMs` to `toMs` has not arrived, or not yet. */
type Unreported = { instance: string; fromMs: number; toMs: number; isLost: boolean };

/**
 * What the reports of processes say about minutes: from when each process was there, how far it has reported, and whether it
 * said that it ended. Reports of the minutes around those asked about must be among them.
 * @param reports by minutes
 */
export function coverageOf(reports: Report[], nowMs: number) {
  const byMinute = groupBy(reports, ({ atMs }) => atMs);
  const unreported = [...groupBy(reports, ({ instance }) => instance).values()].flatMap((own) =>
    unreportedOf(own, nowMs),
  );
  return {
    minute: (atMs: number): MinuteCoverage => {
      const present = byMinute.get(atMs) ?? [];
      const endMs = atMs + STEP_MS.minute;
      const isOpen =
        unreported.some(({ fromMs, toMs }) => fromMs < endMs && toMs > atMs) ||
        present.some((report) => !isWhole(report)) ||
        (endMs > nowMs && present.length > 0);
      if (isOpen) return { state: 'partial', instances: present.length };
      return { state: present.length > 0 ? 'complete' : 'silent', instances: present.length };
    },
    lost: unreported.filter(({ isLost }) => isLost),
  };
}

/** Whether a process has reported all of this minute that it was there for. */
function isWhole({ atMs, reportedMs, isEnded }: Report): boolean {
  return isEnded || reportedMs >= atMs + STEP_MS.minute;
}

function unreportedOf(own: Report[], nowMs: number): Unreported[] {
  const last = own.reduce((latest, report) => (report.atMs > latest.atMs ? report : latest));
  if (last.isEnded) return [];
  const { instance, reportedMs, everyMs } = last;
  const isLost = nowMs - reportedMs > Math.max(VANISHED_AFTER_MS, 3 * everyMs);
  return [{ instance, fromMs: reportedMs, toMs: isLost ? reportedMs + everyMs : nowMs, isLost }];
}

function groupBy<Key>(reports: Report[], keyOf: (report: Report) => Key): Map<Key, Report[]> {
  const groups = new Map<Key, Report[]>();
  for (const report of reports) {
    const group = groups.get(keyOf(report));
    if (group) group.push(report);
    else groups.set(keyOf(report), [report]);
  }
  return groups;
}
