import { type FailedItemFilter, type FailedItemGroup, UNRESOLVED_STATES } from '@/lib/shared/failed-item';

/** How many items of a group are in the state that is shown. */
export function groupCount(
  { counts }: Pick<FailedItemGroup, 'counts'>,
  state: FailedItemFilter['state'],
): number {
  if (state !== 'unresolved') return counts[state];
  return UNRESOLVED_STATES.reduce((sum, unresolved) => sum + counts[unresolved], 0);
}
