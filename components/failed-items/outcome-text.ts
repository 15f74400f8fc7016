import { countOf } from '@/components/ui/number-format';
import type { FailedItemAction, ItemOutcome } from '@/lib/shared/failed-item';

const DONE: Record<FailedItemAction, string> = {
  retry: 'retried with success',
  discard: 'discarded',
  snooze: 'snoozed',
  restore: 'restored',
};

export const ACTION_VERBS: Record<FailedItemAction, string> = {
  retry: 'Retry',
  discard: 'Discard',
  snooze: 'Snooze',
  restore: 'Restore',
};

/** What came of an action in one sentence: "2 items retried with success, 1 failed again, 1 skipped". */
export function outcomeSentence(action: FailedItemAction, outcomes: readonly ItemOutcome[]): string {
  const count = (outcome: ItemOutcome['outcome']) => outcomes.filter((one) => one.outcome === outcome).length;
  const [succeeded, failed, skipped] = [count('succeeded'), count('failed'), count('skipped')];
  const parts = [
    ...(succeeded > 0 ? [`${countOf(succeeded, 'item')} ${DONE[action]}`] : []),
    ...(failed > 0 ? [`${succeeded > 0 ? failed : countOf(failed, 'item')} failed again`] : []),
    ...(skipped > 0 ? [`${succeeded + failed > 0 ? skipped : countOf(skipped, 'item')} skipped`] : []),
  ];
  return parts.length > 0 ? parts.join(', ') : 'Nothing matched any more';
}
