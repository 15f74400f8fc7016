'use client';

import { aimAtItems } from '@/components/failed-items/aim';
import { causeSentence } from '@/components/failed-items/cause-sentence';
import { OfferButtons } from '@/components/failed-items/offer-buttons';
import { type Offer, offersFor } from '@/components/failed-items/offers';
import type { Actions } from '@/components/failed-items/use-actions';
import { useItemRights } from '@/components/failed-items/use-item-rights';
import { useShortcuts } from '@/components/ui/use-shortcuts';
import type { FailedItemDetail } from '@/lib/shared/failed-item';

type Props = { item: FailedItemDetail; actions: Actions; onEdit: () => void };

/** What the person may do with an item in its present state, as buttons and by the keys of the list. */
export function ItemActions({ item, actions, onEdit }: Props) {
  const { mayEdit, ...rights } = useItemRights();
  const aim = aimAtItems([item]);
  const { remedy } = causeSentence(item);
  const offers = offersFor({
    states: [item.state],
    kinds: [item.kind],
    rights: { ...rights, mayEdit: mayEdit && item.payload !== null },
    remedy,
  }).filter((offer) => offer !== 'retry' || item.blocked === null);

  const when = (offer: Offer, act: () => void) => () => {
    if (offers.includes(offer) && !actions.isPending) act();
  };
  useShortcuts({
    r: when('retry', () => actions.propose('retry', aim)),
    e: when('change', onEdit),
    s: when('snooze', () => actions.ask('snooze', aim)),
    d: when('discard', () => actions.ask('discard', aim)),
    u: when('restore', () => actions.propose('restore', aim)),
  });
  return <OfferButtons offers={offers} aim={aim} actions={actions} size="medium" onChange={onEdit} />;
}
