import type { Remedy } from '@/components/failed-items/cause-sentence';
import type { FailedItemFilter, FailedItemKind, FailedItemState } from '@/lib/shared/failed-item';

/** What can be done with failed items. `change` edits one, or sets the same fields in several. */
export type Offer = 'retry' | 'change' | 'snooze' | 'discard' | 'restore';

export type ItemRights = { mayRetry: boolean; mayEdit: boolean; mayDiscard: boolean };

const STATES: Record<Offer, readonly FailedItemState[]> = {
  retry: ['open', 'snoozed', 'unknown'],
  change: ['open', 'snoozed'],
  snooze: ['open', 'snoozed'],
  discard: ['open', 'snoozed'],
  restore: ['discarded', 'snoozed'],
};

/** Kinds with content of their own; what is left of a change must happen and can only be retried. */
const WRITES: readonly FailedItemKind[] = ['batch_row', 'create'];

const IN_ORDER: Record<Remedy, readonly Offer[]> = {
  retry: ['retry', 'change', 'snooze', 'discard', 'restore'],
  operator: ['retry', 'change', 'snooze', 'discard', 'restore'],
  edit: ['change', 'retry', 'snooze', 'discard', 'restore'],
  discard: ['discard', 'retry', 'change', 'snooze', 'restore'],
};

type About = {
  states: readonly FailedItemState[];
  kinds: readonly FailedItemKind[];
  rights: ItemRights;
  remedy?: Remedy;
};

/** What this person can do with items in these states; what helps against their cause comes first. */
export function offersFor({ states, kinds, rights, remedy = 'retry' }: About): Offer[] {
  const isWrite = kinds.some((kind) => WRITES.includes(kind));
  const isAllowed: Record<Offer, boolean> = {
    retry: rights.mayRetry,
    change: rights.mayRetry && rights.mayEdit && isWrite,
    snooze: rights.mayRetry,
    discard: rights.mayDiscard && isWrite,
    restore: rights.mayDiscard,
  };
  return IN_ORDER[remedy].filter(
    (offer) => isAllowed[offer] && states.some((state) => STATES[offer].includes(state)),
  );
}

/** The states that a filter shows, as far as something can be done about them there. */
export function shownStates(state: FailedItemFilter['state']): FailedItemState[] {
  return state === 'unresolved' ? ['open', 'unknown'] : [state];
}
