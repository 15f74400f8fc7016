'use client';

import { OfferButtons } from '@/components/failed-items/offer-buttons';
import { offersFor, shownStates } from '@/components/failed-items/offers';
import { useItemRights } from '@/components/failed-items/use-item-rights';
import type { Triage } from '@/components/failed-items/use-triage';
import { Button } from '@/components/ui/button';
import { countOf } from '@/components/ui/number-format';
import { FAILED_ITEM_KINDS } from '@/lib/shared/failed-item';

type Props = {
  triage: Triage;
  /** How many match the filter on all pages. */
  matching: number;
};

/** What is selected, and what can be done with it; always in sight, and over the page so that nothing moves. */
export function SelectionBar({ triage, matching }: Props) {
  const { selection, actions, filterState } = triage;
  const { aim } = selection;
  const rights = useItemRights();
  if (!aim) return null;
  const items = [...selection.items.values()];
  const offers = offersFor({
    states: selection.isAll ? shownStates(filterState.url.state) : items.map(({ state }) => state),
    kinds: selection.isAll ? FAILED_ITEM_KINDS : items.map(({ kind }) => kind),
    rights,
  });
  return (
    <section
      aria-label="Selection"
      className="flex flex-wrap items-center gap-2 rounded-lg border border-line bg-raised p-2 pl-4 shadow-raised"
    >
      <p role="status" className="mr-2 font-medium">
        {selection.isAll ? `All ${countOf(aim.count, 'item')}` : countOf(aim.count, 'item')} selected
      </p>
      <OfferButtons offers={offers} aim={aim} actions={actions} />
      {!selection.isAll && matching > aim.count && (
        <Button
          size="small"
          variant="ghost"
          onClick={() => selection.selectAll(filterState.filter, matching)}
        >
          Select all {matching.toLocaleString('en')} matching
        </Button>
      )}
      <Button size="small" variant="ghost" onClick={selection.clear} disabled={actions.isPending}>
        Clear
      </Button>
    </section>
  );
}
