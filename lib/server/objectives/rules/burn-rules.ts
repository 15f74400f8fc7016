import { BURN_WINDOWS, burnRates, eventsNeeded, MIN_BAD } from '@/lib/server/objectives/burn-rates';
import type { EventLog } from '@/lib/server/objectives/event-log';
import { logOf } from '@/lib/server/objectives/metric-history';
import type { Objective } from '@/lib/server/objectives/objectives';
import type { Rule, Verdict } from '@/lib/server/objectives/rules/rule';
import { countText, partText, shareText, spanText, timesText } from '@/lib/server/objectives/wording';
import type { Burn, Evidence, Severity } from '@/lib/shared/objective';

/** The two rules of an objective: one pages while its budget goes fast, one asks for a look while it goes slowly. */
export function burnRules(objective: Objective): Rule[] {
  return [burnRule(objective, 'page'), burnRule(objective, 'ticket')];
}

function burnRule(objective: Objective, severity: Severity): Rule {
  const { objectiveId, title, series, target, countBad } = objective;
  const windows = BURN_WINDOWS.filter((window) => window.severity === severity);
  return {
    ruleId: `burn-${severity}-${objectiveId}`,
    title: `${title}: error budget goes ${severity === 'page' ? 'fast' : 'slowly'}`,
    severity,
    series,
    needs: [series],
    step: 'minute',
    leadMs: Math.max(...windows.map(({ longMs }) => longMs)),
    pendingMs: 0,
    resolveMs: 60_000,
    prepare(history) {
      const log = logOf(history, series, countBad);
      return (nowMs) => {
        const burns = burnRates(log, target, nowMs).filter((burn) => burn.severity === severity);
        return burnVerdict({ objective, log, nowMs, burns });
      };
    },
  };
}

type Question = { objective: Objective; log: EventLog; nowMs: number; burns: Burn[] };

function burnVerdict({ objective: { target }, log, nowMs, burns }: Question): Verdict {
  const worst = burns.find(({ isBurning }) => isBurning) ?? burns.find(({ isKnown }) => isKnown) ?? burns[0];
  if (!worst) return { isBad: false, isKnown: false, sentence: 'Nothing to judge.', evidence: [] };
  const { total, bad } = log.within(nowMs - worst.longMs, nowMs);
  return {
    isBad: worst.isBurning,
    isKnown: worst.isKnown,
    sentence: burnText(worst, { total, bad, target }),
    evidence: [
      { label: `Bad in ${spanText(worst.longMs)}`, value: partText(bad, total) },
      { label: 'Promised', value: shareText(target) },
      ...burns.flatMap(burnEvidence),
    ],
  };
}

function burnText(burn: Burn, seen: { total: number; bad: number; target: number }): string {
  const long = spanText(burn.longMs);
  if (!burn.isKnown) {
    const needed = eventsNeeded(seen.target, burn.factor);
    return `Too few to judge, ${countText(seen.total)} in ${long} where it takes ${countText(needed)}.`;
  }
  if (burn.isBurning) {
    const rate = timesText(burn.longRate ?? 0);
    return `The error budget goes ${rate} as fast as it may, over ${long} and still over ${spanText(burn.shortMs)}.`;
  }
  if (seen.bad > 0 && seen.bad < MIN_BAD) return `${partText(seen.bad, seen.total)} were bad in ${long}.`;
  return `The error budget goes at ${timesText(burn.longRate ?? 0)} over ${long}; from ${timesText(burn.factor)} on it is too fast.`;
}

function burnEvidence({ factor, longMs, shortMs, longRate, shortRate }: Burn): Evidence[] {
  const rate = (value: number | null) => (value === null ? 'no traffic' : timesText(value));
  return [
    {
      label: `Burn over ${spanText(longMs)} and ${spanText(shortMs)}`,
      value: `${rate(longRate)} and ${rate(shortRate)} (limit ${timesText(factor)})`,
    },
  ];
}
