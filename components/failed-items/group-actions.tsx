'use client';

import { aimAtFilter } from '@/components/failed-items/aim';
import { causeSentence } from '@/components/failed-items/cause-sentence';
import { OfferButtons } from '@/components/failed-items/offer-buttons';
import { offersFor, shownStates } from '@/components/failed-items/offers';
import { useItemRights } from '@/components/failed-items/use-item-rights';
import type { Triage } from '@/components/failed-items/use-triage';
import type { FailedItemGroup } from '@/lib/shared/failed-item';

type Props = { group: FailedItemGroup; triage: Triage; count: number };

/** What can be done with all items of a cause at once; what helps against it comes first. */
export function GroupActions({ group, triage, count }: Props) {
  const { actions, filterState } = triage;
  const offers = offersFor({
    states: shownStates(filterState.url.state),
    kinds: [group.kind],
    rights: useItemRights(),
    remedy: causeSentence(group).remedy,
  });
  if (count === 0 || offers.length === 0) return null;
  return (
    <div className="flex flex-wrap gap-2 pl-5">
      <OfferButtons
        offers={offers}
        aim={aimAtFilter({ ...filterState.filter, fingerprint: group.fingerprint }, count)}
        actions={actions}
        hasCount
      />
    </div>
  );
}
