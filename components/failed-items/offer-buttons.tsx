'use client';

import type { Aim } from '@/components/failed-items/aim';
import type { Offer } from '@/components/failed-items/offers';
import type { Actions } from '@/components/failed-items/use-actions';
import { Button } from '@/components/ui/button';
import type { ButtonSize } from '@/components/ui/button-style';
import { countOf } from '@/components/ui/number-format';

type Props = {
  offers: readonly Offer[];
  aim: Aim;
  actions: Actions;
  size?: ButtonSize;
  /** Names the number on the buttons that act at once. */
  hasCount?: boolean;
  /** Where one item is edited instead of patched. */
  onChange?: () => void;
};

/** One button for each thing that can be done; the first one is what helps. */
export function OfferButtons({ offers, aim, actions, size = 'small', hasCount = false, onChange }: Props) {
  const number = hasCount ? ` ${countOf(aim.count, 'item')}` : '';
  const run: Record<Offer, () => void> = {
    retry: () => actions.propose('retry', aim),
    change: onChange ?? (() => actions.ask('patch', aim)),
    snooze: () => actions.ask('snooze', aim),
    discard: () => actions.ask('discard', aim),
    restore: () => actions.propose('restore', aim),
  };
  const labels: Record<Offer, string> = {
    retry: `Retry${number}`,
    change: onChange ? 'Edit' : 'Change and retry…',
    snooze: 'Snooze…',
    discard: 'Discard…',
    restore: `Restore${number}`,
  };
  return offers.map((offer, index) => (
    <Button
      key={offer}
      size={size}
      variant={index === 0 ? 'primary' : 'secondary'}
      isPending={actions.isPending && (offer === 'retry' || offer === 'restore')}
      onClick={run[offer]}
    >
      {labels[offer]}
    </Button>
  ));
}
