import { formatCount } from '@/components/ui/number-format';
import type { CapacityBasis, RetryBelief, RetryPolicy, TableFlow } from '@/lib/shared/flow';

/** Why a capacity is believed, to follow "believed". */
export const BASIS_TEXT: Record<CapacityBasis, string> = {
  unknown: 'nothing was refused yet',
  provisioned: 'provisioned on the table',
  setting: 'from WRITE_UNITS_PER_SECOND',
  learned: 'learned between refusals',
};

export const POLICY_TEXT: Record<RetryPolicy, string> = {
  fixed: 'Fixed: 1, 2, then 4 seconds.',
  adaptive: 'Adaptive: a random wait up to the time that the table lately needed to recover.',
  learned: 'Learned: the wait that is expected to cost least, by what came of earlier retries.',
};

/** A rate as people read it. */
export const rateText = (unitsPerSecond: number | null): string =>
  unitsPerSecond === null ? 'No limit' : `${formatCount(Math.round(unitsPerSecond))} units/s`;

/** What happens to writes to a table, in one sentence. */
export function flowSentence(flow: TableFlow): string {
  if (flow.isStalled) return 'The table refuses everything; batches wait and try again.';
  if (flow.slowedTo < 1) {
    return `Batches are slowed down to ${formatCount(flow.slowedTo * 100)} % of their pace.`;
  }
  if (flow.capacity === null) return 'Nothing limits writes: the table has refused none.';
  if (flow.arePeopleActive) return 'People are at work, so a tenth of the capacity is kept free for them.';
  return flow.waiting > 0 ? 'Batches use all of the capacity.' : 'No batch is waiting to write.';
}

/** Which wait is chosen after a throttle reason, and why. */
export function choiceText(
  { chosenMs, outcomes, neededOutcomes, recoveryMs, recoveries }: RetryBelief,
  policy: RetryPolicy,
): string {
  const adaptive =
    recoveries === 0 ? 'no recovery was seen yet' : `recovers in ${formatCount(Math.round(recoveryMs))} ms`;
  if (policy === 'fixed') return `Fixed; ${adaptive}`;
  if (policy === 'adaptive') return `Adaptive; ${adaptive}`;
  if (chosenMs !== null) return `Waits ${formatCount(chosenMs)} ms`;
  return `Falls back to adaptive: ${formatCount(Math.round(outcomes))} of ${neededOutcomes} outcomes`;
}
