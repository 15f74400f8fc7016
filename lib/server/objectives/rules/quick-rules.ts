import { countFailed, mainFault } from '@/lib/server/objectives/count-bad';
import { logOf } from '@/lib/server/objectives/metric-history';
import { refusalLog, WRITES } from '@/lib/server/objectives/rules/refusals';
import type { Rule, Verdict } from '@/lib/server/objectives/rules/rule';
import { partText, shareText } from '@/lib/server/objectives/wording';
import { type MetricPoint, SERIES, STEP_MS } from '@/lib/shared/metrics';

/** The minute that runs and the one before: short enough to see an end within two minutes. */
const WINDOW_MS = STEP_MS.minute;
const LEAD_MS = 2 * STEP_MS.minute;

/** Enough to believe it, and to matter. */
const FAILING = { bad: 5, share: 0.05 } as const;
const THROTTLED = { bad: 20, share: 0.05 } as const;

/** Fires within seconds when forms fail, long before a burn rate could tell. */
export const createsFail: Rule = {
  ruleId: 'creates-fail-now',
  title: 'Creates fail now',
  ...{ severity: 'page', series: 'create', needs: ['create'], step: 'minute', leadMs: LEAD_MS },
  ...{ pendingMs: 0, resolveMs: 15_000 },
  prepare(history) {
    const log = logOf(history, 'create', countFailed);
    const points = history.minutes.create ?? [];
    return (nowMs) => {
      const { total, bad } = log.within(nowMs - WINDOW_MS, nowMs);
      const fault = mainFault(points.filter((point) => isWithin(point, nowMs)));
      return {
        ...failingVerdict(total, bad),
        evidence: [
          { label: 'Failed in two minutes', value: partText(bad, total) },
          ...(fault ? [{ label: 'Most often', value: fault }] : []),
        ],
      };
    };
  },
};

function failingVerdict(total: number, bad: number): Omit<Verdict, 'evidence'> {
  const failed = `${partText(bad, total)} creates failed in the last two minutes`;
  if (total === 0) {
    return { isBad: false, isKnown: true, sentence: 'No create in the last two minutes, so none failed.' };
  }
  if (bad === total && bad < FAILING.bad) {
    return { isBad: false, isKnown: false, sentence: `${failed}: too few to judge.` };
  }
  const isBad = bad >= FAILING.bad && bad / total >= FAILING.share;
  return { isBad, isKnown: true, sentence: `${failed} (${shareText(bad / total)}).` };
}

/** Fires while DynamoDB refuses a large share of the writes, or of the reads, for longer than a burst. */
export const throttledNow: Rule = {
  ruleId: 'throttled-now',
  title: 'Sustained throttling now',
  ...{ severity: 'page', series: null, needs: SERIES, step: 'minute', leadMs: LEAD_MS },
  ...{ pendingMs: 10_000, resolveMs: 15_000 },
  prepare(history) {
    const logs = [
      { name: 'writes', log: refusalLog(history, WRITES) },
      { name: 'reads', log: refusalLog(history, ['query']) },
    ];
    return (nowMs) => {
      const seen = logs.map(({ name, log }) => ({ name, ...log.within(nowMs - WINDOW_MS, nowMs) }));
      const worst = seen.find(isThrottled) ?? seen.find(({ bad }) => bad > 0);
      return {
        isBad: worst !== undefined && isThrottled(worst),
        isKnown: true,
        sentence: worst
          ? `DynamoDB refused ${partText(worst.bad, worst.total)} ${worst.name} in the last two minutes (${shareText(worst.bad / worst.total)}).`
          : 'DynamoDB refused nothing in the last two minutes.',
        evidence: [
          ...seen.map(({ name, total, bad }) => ({ label: `Refused ${name}`, value: partText(bad, total) })),
          ...mainReason(history.minutes, nowMs),
        ],
      };
    };
  },
};

const isThrottled = ({ total, bad }: { total: number; bad: number }) =>
  bad >= THROTTLED.bad && bad / total >= THROTTLED.share;

function mainReason(minutes: Partial<Record<string, MetricPoint[]>>, nowMs: number) {
  const counts = new Map<string, number>();
  for (const point of Object.values(minutes).flatMap((points = []) => points)) {
    if (!isWithin(point, nowMs)) continue;
    for (const [reason, count] of Object.entries(point.throttles)) {
      counts.set(reason, (counts.get(reason) ?? 0) + count);
    }
  }
  const [first] = [...counts].sort(([, a], [, b]) => b - a);
  return first ? [{ label: 'Most often', value: first[0] }] : [];
}

function isWithin({ at }: MetricPoint, nowMs: number): boolean {
  const atMs = Date.parse(at);
  return atMs < nowMs && atMs + STEP_MS.minute > nowMs - WINDOW_MS;
}
