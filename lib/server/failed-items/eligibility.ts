import type { FailedItemAction, FailedItemState, FailedItemSummary } from '@/lib/shared/failed-item';

/** States in which an action makes sense. A process that vanished leaves `retrying` until its lease is over. */
const STATES: Record<FailedItemAction, readonly FailedItemState[]> = {
  retry: ['open', 'snoozed', 'unknown'],
  discard: ['open', 'snoozed'],
  snooze: ['open', 'snoozed'],
  restore: ['discarded', 'snoozed'],
};

const STATE_REASONS: Record<FailedItemState, string> = {
  open: 'It is open already',
  retrying: 'It is being retried at this moment',
  unknown: 'A retry of it was cut off: retry it to find out what it came to',
  snoozed: 'It is snoozed',
  succeeded: 'It has succeeded already',
  discarded: 'It was discarded: restore it first',
};

/** How the reason begins with which the row of a corrected file replaces an item. */
export const CORRECTED_BY = 'Corrected by ';

const REPLACED = 'A row of a corrected file has taken its place';

const MUST_HAPPEN = 'What is left of a change must happen, so it can only be retried';

/**
 * Why an action that was asked for at `asOf` (ISO) does nothing to this item; null where it may. An item that was tried
 * after `asOf` is not touched, so that two people who ask for the same at the same time do it once.
 */
export function whyNotEligible(
  {
    state,
    kind,
    lastAt,
    discardReason,
  }: Pick<FailedItemSummary, 'state' | 'kind' | 'lastAt' | 'discardReason'>,
  action: FailedItemAction,
  asOf: string,
): string | null {
  if (!STATES[action].includes(state)) return STATE_REASONS[state];
  if (action === 'discard' && kind !== 'batch_row' && kind !== 'create') return MUST_HAPPEN;
  if (action === 'restore' && discardReason?.startsWith(CORRECTED_BY)) return REPLACED;
  if (lastAt > asOf) return 'It was tried again after this was asked for';
  return null;
}
