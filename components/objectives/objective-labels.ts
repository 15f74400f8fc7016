import type { Tone } from '@/components/ui/tone';
import type { Band, Burn, ObjectiveState, ReplayState, RuleState, Severity } from '@/lib/shared/objective';

type Label = { label: string; tone: Tone };

/** How a promise stands: what burns now comes before what was spent. */
export function objectiveLabel({ total, burns, budgetLeft }: ObjectiveState): Label {
  if (total === 0) return { label: 'No traffic', tone: 'neutral' };
  if (isBurning(burns, 'page')) return { label: 'Burning fast', tone: 'danger' };
  if (isBurning(burns, 'ticket')) return { label: 'Burning slowly', tone: 'warning' };
  if (budgetLeft !== null && budgetLeft <= 0) return { label: 'Budget spent', tone: 'warning' };
  return budgetLeft === null
    ? { label: 'Little traffic', tone: 'neutral' }
    : { label: 'Kept', tone: 'success' };
}

function isBurning(burns: readonly Burn[], severity: Severity): boolean {
  return burns.some((burn) => burn.isBurning && burn.severity === severity);
}

/** What a band says, in a word or two. */
export function bandLabel({ state, daysKnown, daysNeeded }: Band): Label {
  switch (state) {
    case 'learning':
      return { label: `Learning ${daysKnown} of ${daysNeeded} days`, tone: 'info' };
    case 'quiet':
      return { label: 'Little traffic', tone: 'neutral' };
    case 'usual':
      return { label: 'Usual', tone: 'success' };
    case 'unusual':
      return { label: 'Unusual', tone: 'warning' };
  }
}

/** What a rule says now. */
export function ruleLabel({ isBad, isKnown, severity }: RuleState): Label {
  if (isBad) return { label: 'Bad', tone: severity === 'page' ? 'danger' : 'warning' };
  return isKnown ? { label: 'Good', tone: 'success' } : { label: 'Not known', tone: 'neutral' };
}

export const SEVERITY_LABELS: Record<Severity, string> = { page: 'Look now', ticket: 'Look today' };

export const REPLAY_LABELS: Record<ReplayState, string> = {
  unknown: 'Not known',
  ok: 'Good',
  pending: 'Pending',
  firing: 'Firing',
};
