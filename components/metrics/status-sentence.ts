import { mergedPoint } from '@/components/metrics/coarse-points';
import { failuresOf, formatMs } from '@/components/metrics/point-facts';
import { formatCount, formatShare } from '@/components/ui/number-format';
import type { Tone } from '@/components/ui/tone';
import { type MetricPoint, SERIES_LABELS, type Series } from '@/lib/shared/metrics';

/** What people wait for, or would miss: these decide whether writes are healthy. */
const WATCHED = ['create', 'batch_row', 'retry', 'commit'] as const satisfies readonly Series[];

/** What a caller did wrong, or what became of a duplicate: no fault of ours. */
const NOT_OURS = ['VALIDATION_ERROR', 'CONDITIONAL_FAILED', 'FORBIDDEN', 'UNAUTHENTICATED', 'NOT_FOUND'];

/** The last minutes count as now: long enough to have traffic, short enough to say it at once. */
const NOW_POINTS = 5;
const BAD = { share: 0.05, failures: 3 } as const;

/** S19: a create takes at most so long in 95 of 100 cases. */
const SLOW_P95_MS = 500;
const ENOUGH_TO_JUDGE = 10;

export type Status = { tone: Tone; sentence: string };

type Hour = Partial<Record<Series, readonly MetricPoint[]>>;

/**
 * Whether writes are healthy, in one sentence, from the minutes of the last hour.
 * @param timeText an instant as the reader's clock shows it
 */
export function statusSentence(hour: Hour, timeText: (instant: string) => string): Status {
  const silence = silenceOf(hour.create ?? [], timeText);
  if (silence) return silence;
  for (const series of WATCHED) {
    const failing = failingOf(series, hour[series] ?? [], timeText);
    if (failing) return failing;
  }
  return slownessOf(hour.create ?? []) ?? healthOf(hour);
}

function silenceOf(points: readonly MetricPoint[], timeText: (instant: string) => string): Status | null {
  const last = points.findLast(({ state }) => state !== 'silent');
  if (!last) {
    return {
      tone: 'neutral',
      sentence: 'No process has reported in the last hour, so nothing is known of its writes.',
    };
  }
  const isQuiet = points.slice(-NOW_POINTS).every(({ state }) => state === 'silent');
  if (!isQuiet) return null;
  return {
    tone: 'warning',
    sentence: `No process has reported since ${timeText(last.at)}, so nothing is known of writes after that.`,
  };
}

function failingOf(
  series: Series,
  points: readonly MetricPoint[],
  timeText: (instant: string) => string,
): Status | null {
  const recent = points.slice(-NOW_POINTS);
  const now = mergedPoint('', recent);
  const failures = faultsOf(now);
  if (failures < BAD.failures || failures / now.count < BAD.share) return null;
  const [code = ''] = Object.entries(now.outcomes)
    .filter(([name]) => name !== 'success' && !NOT_OURS.includes(name))
    .sort(([, a], [, b]) => b - a)
    .map(([name]) => name);
  const since = sinceWhen(points);
  const text = `${code}, ${formatShare(failures / now.count)} of the last ${NOW_POINTS} minutes`;
  const sinceText = since ? timeText(since) : '';
  const last = recent.findLast(({ count }) => count > 0);
  if (last && faultsOf(last) / last.count < BAD.share) {
    return {
      tone: 'warning',
      sentence: `${SERIES_LABELS[series]} failed from ${sinceText} on, and succeed again since ${timeText(last.at)}: ${text}.`,
    };
  }
  return { tone: 'danger', sentence: `${SERIES_LABELS[series]} are failing since ${sinceText}: ${text}.` };
}

/** The first of the bad minutes that lead up to now; quiet minutes between them do not end them. */
function sinceWhen(points: readonly MetricPoint[]): string | undefined {
  let since: string | undefined;
  for (const point of points.toReversed()) {
    if (point.count === 0) continue;
    if (faultsOf(point) / point.count >= BAD.share) since = point.at;
    else if (since) break;
  }
  return since;
}

function faultsOf(point: MetricPoint): number {
  return failuresOf(point) - NOT_OURS.reduce((sum, code) => sum + (point.outcomes[code] ?? 0), 0);
}

function slownessOf(points: readonly MetricPoint[]): Status | null {
  const now = mergedPoint('', points.slice(-NOW_POINTS));
  if (now.count < ENOUGH_TO_JUDGE || now.p95 === null || now.p95 <= SLOW_P95_MS) return null;
  return {
    tone: 'warning',
    sentence: `Creates are slow: in the last ${NOW_POINTS} minutes 95 of 100 took up to ${formatMs(now.p95)}; the goal is ${formatMs(SLOW_P95_MS)}.`,
  };
}

function healthOf(hour: Hour): Status {
  const creates = mergedPoint('', hour.create ?? []);
  const rows = mergedPoint('', hour.batch_row ?? []);
  const health =
    faultsOf(creates) / creates.count >= BAD.share ? 'Writes are healthy again' : 'Writes are healthy';
  const rowsText = rows.count > 0 ? `, ${formatCount(rows.count)} batch rows` : '';
  if (creates.count === 0) {
    return { tone: 'success', sentence: `Writes are healthy: no creates${rowsText} in the last hour.` };
  }
  const noun = creates.count === 1 ? 'create' : 'creates';
  const share = formatShare(failuresOf(creates) / creates.count);
  const p95 = creates.p95 === null ? '' : `, p95 ${formatMs(creates.p95)}`;
  return {
    tone: 'success',
    sentence: `${health}: ${formatCount(creates.count)} ${noun}${rowsText} in the last hour; ${share} of the creates failed${p95}.`,
  };
}
