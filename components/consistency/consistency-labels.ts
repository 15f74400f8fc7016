import { countOf, formatCount } from '@/components/ui/number-format';
import type { Tone } from '@/components/ui/tone';
import type { AuditValue } from '@/lib/shared/audit-event';
import type { CheckRun, InvariantProgress, RepairOutcome, Trigger } from '@/lib/shared/consistency';

export const TRIGGER_LABELS: Record<Trigger, string> = {
  button: 'Started by hand',
  schedule: 'By schedule',
  command: 'From the command line',
};

export const OUTCOME_LABELS: Record<RepairOutcome['outcome'], string> = {
  planned: 'Will be repaired',
  repaired: 'Repaired',
  gone: 'In order by now',
  changed: 'Changed since',
  not_repairable: 'Cannot be repaired',
  failed: 'Not repaired',
};

export const OUTCOME_TONES: Record<RepairOutcome['outcome'], Tone> = {
  planned: 'info',
  repaired: 'success',
  gone: 'neutral',
  changed: 'warning',
  not_repairable: 'warning',
  failed: 'danger',
};

type State = { label: string; tone: Tone };

/** What became of a run, in a few words. */
export function runState({ state, differences, repaired }: CheckRun): State {
  if (state === 'running') return { label: 'Running', tone: 'info' };
  if (differences === 0) return { label: 'No differences', tone: 'success' };
  if (repaired >= differences) return { label: 'All repaired', tone: 'success' };
  return { label: countOf(differences - repaired, 'difference'), tone: 'danger' };
}

/** How the check of one rule stands, in a few words. */
export function ruleState({ state, differences, problem }: InvariantProgress): State {
  if (problem !== null && state !== 'done') return { label: 'Held up', tone: 'warning' };
  if (differences > 0) return { label: countOf(differences, 'difference'), tone: 'danger' };
  if (state === 'done') return { label: 'Holds', tone: 'success' };
  return state === 'running' ? { label: 'Checking', tone: 'info' } : { label: 'Waiting', tone: 'neutral' };
}

/** A value of a difference as people read it. */
export function valueText(value: AuditValue): string {
  if (typeof value === 'number') return formatCount(value);
  if (value === null) return 'nothing';
  return typeof value === 'object' ? value.excerpt : String(value);
}
