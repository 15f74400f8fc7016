import { CircleCheck, SearchX } from 'lucide-react';
import type { ReactNode } from 'react';
import { type FailedItemFilterState, isNarrowed } from '@/components/failed-items/use-failed-item-filter';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { countOf } from '@/components/ui/number-format';
import type { FailedItemGroups } from '@/lib/shared/failed-item';

type Props = { data: FailedItemGroups; filterState: FailedItemFilterState };

/** Why the page shows no items: nothing failed, everything is dealt with, nothing matches, or it is being counted still. */
export function NothingListed({
  data: { total, isComplete },
  filterState: { url, clear },
}: Props): ReactNode {
  const clearing = <Button onClick={() => clear()}>Clear filters</Button>;
  if (!isComplete) {
    return (
      <EmptyState title="No match so far" icon={<SearchX aria-hidden />} action={clearing}>
        Only a part of the failed items has been looked at yet. The page goes on by itself.
      </EmptyState>
    );
  }
  if (url.state === 'unresolved' && (total > 0 || !isNarrowed(url))) return <NothingToDo total={total} />;
  return (
    <EmptyState
      title={isNarrowed(url) ? 'No failed item matches these filters' : `Nothing is ${url.state}`}
      icon={<SearchX aria-hidden />}
      action={clearing}
    />
  );
}

/** What everybody wants to see in the morning. */
function NothingToDo({ total }: { total: number }) {
  return (
    <EmptyState title="Nothing is left to do" icon={<CircleCheck aria-hidden className="text-success" />}>
      {total === 0
        ? 'Nothing has failed. Whatever could not be written would be listed here.'
        : `${countOf(total, 'item')} failed, and each was written in the end or discarded with a reason.`}
    </EmptyState>
  );
}
