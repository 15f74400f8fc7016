import type { MetricHistory } from '@/lib/server/objectives/metric-history';
import { refusalLog, WRITES } from '@/lib/server/objectives/rules/refusals';
import type { Rule, Verdict } from '@/lib/server/objectives/rules/rule';
import { countText, shareText } from '@/lib/server/objectives/wording';
import { STEP_MS } from '@/lib/shared/metrics';

/** From this share of the capacity on, the next burst is refused. */
const NEAR = 0.9;
const NEAR_MINUTES = 5;

/** Refusals beside a learned capacity are how it is learned; a larger share that grows for so long is not. */
const RISING = { share: 0.01, minutes: 3, writes: 50 } as const;

type Minute = { unitsPerSecond: number; capacity: number; refusedShare: number; writes: number };

/** Sees throttling come: writes close to what the governor has learned the tables take, or a share of refusals that grows. */
export const throttlingAhead: Rule = {
  ruleId: 'throttling-ahead',
  title: 'Throttling is likely soon',
  ...{ severity: 'ticket', series: null, needs: WRITES, step: 'minute', leadMs: 10 * STEP_MS.minute },
  ...{ pendingMs: 0, resolveMs: 60_000 },
  prepare(history) {
    const minuteAt = minuteReader(history);
    return (nowMs) => {
      const running = Math.floor(nowMs / STEP_MS.minute) * STEP_MS.minute;
      const before = Array.from({ length: NEAR_MINUTES }, (_, back) =>
        minuteAt(running - (back + 1) * STEP_MS.minute),
      );
      return verdictOf(before);
    };
  },
};

/** @param minutes whole ones, newest first */
function verdictOf(minutes: readonly Minute[]): Verdict {
  const [last] = minutes;
  if (!last || minutes.every(({ writes }) => writes === 0)) {
    return {
      isBad: false,
      isKnown: true,
      sentence: 'Nothing was written in the last minutes.',
      evidence: [],
    };
  }
  const nearMinutes = countWhile(
    minutes,
    ({ capacity, unitsPerSecond }) => capacity > 0 && unitsPerSecond >= NEAR * capacity,
  );
  const isNear = nearMinutes >= NEAR_MINUTES && minutes.some(({ refusedShare }) => refusedShare > 0);
  const isRising = isRisingShare(minutes.slice(0, RISING.minutes));
  return {
    isBad: isNear || isRising,
    isKnown: last.capacity > 0 || last.writes >= RISING.writes,
    sentence: sentenceOf(last, { isNear, isRising }),
    evidence: [
      { label: 'Written, units a second', value: countText(last.unitsPerSecond) },
      {
        label: 'Learned capacity, units a second',
        value: last.capacity > 0 ? countText(last.capacity) : 'not known',
      },
      { label: 'Minutes near it', value: countText(nearMinutes) },
      {
        label: 'Refused, oldest minute first',
        value: minutes
          .slice(0, RISING.minutes)
          .reverse()
          .map(({ refusedShare }) => shareText(refusedShare))
          .join(', '),
      },
    ],
  };
}

function sentenceOf(last: Minute, { isNear, isRising }: { isNear: boolean; isRising: boolean }): string {
  if (isRising)
    return `The refused share grows from minute to minute and has reached ${shareText(last.refusedShare)}.`;
  if (last.capacity === 0) return 'The capacity is not known yet; refusals do not grow.';
  const used = `${shareText(last.unitsPerSecond / last.capacity)} of the learned capacity is used`;
  return isNear
    ? `${used}, for ${NEAR_MINUTES} minutes, and some writes are refused already.`
    : `${used}; refusals do not grow.`;
}

/** @param minutes newest first */
function isRisingShare(minutes: readonly Minute[]): boolean {
  const [last] = minutes;
  if (!last || last.refusedShare < RISING.share) return false;
  return minutes.every(({ refusedShare, writes }, back) => {
    const older = minutes[back + 1];
    return writes >= RISING.writes && (older === undefined || refusedShare > older.refusedShare);
  });
}

function countWhile(minutes: readonly Minute[], is: (minute: Minute) => boolean): number {
  const end = minutes.findIndex((minute) => !is(minute));
  return end === -1 ? minutes.length : end;
}

function minuteReader(history: MetricHistory): (atMs: number) => Minute {
  const refusals = refusalLog(history, WRITES);
  const units = sumByMinute(
    WRITES.flatMap((series) =>
      (history.minutes[series] ?? []).map(({ at, units: amount }) => ({ at, amount })),
    ),
  );
  const capacity = sumByMinute(
    history.gauges.map(({ at, last }) => ({ at, amount: last.limiter_units ?? 0 })),
  );
  return (atMs) => {
    const { total, bad } = refusals.within(atMs, atMs + STEP_MS.minute);
    return {
      unitsPerSecond: (units.get(atMs) ?? 0) / (STEP_MS.minute / 1000),
      capacity: capacity.get(atMs) ?? 0,
      refusedShare: total === 0 ? 0 : bad / total,
      writes: total,
    };
  };
}

function sumByMinute(amounts: readonly { at: string; amount: number }[]): Map<number, number> {
  const sums = new Map<number, number>();
  for (const { at, amount } of amounts) sums.set(Date.parse(at), (sums.get(Date.parse(at)) ?? 0) + amount);
  return sums;
}
