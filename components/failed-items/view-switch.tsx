'use client';

import type { FailedItemFilterState } from '@/components/failed-items/use-failed-item-filter';
import { Button } from '@/components/ui/button';

const VIEWS = [
  { view: 'groups', label: 'By cause' },
  { view: 'list', label: 'One by one' },
] as const;

/** Causes first, or every item by the time of its failure. */
export function ViewSwitch({ filterState: { url, change } }: { filterState: FailedItemFilterState }) {
  return (
    <fieldset className="flex gap-1">
      <legend className="sr-only">View</legend>
      {VIEWS.map(({ view, label }) => (
        <Button
          key={view}
          size="small"
          variant={url.view === view ? 'secondary' : 'ghost'}
          aria-pressed={url.view === view}
          onClick={() => change({ view })}
        >
          {label}
        </Button>
      ))}
    </fieldset>
  );
}
