'use client';

import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useActions } from '@/components/failed-items/use-actions';
import { useFailedItemFilter } from '@/components/failed-items/use-failed-item-filter';
import { useSelection } from '@/components/failed-items/use-selection';
import { failedItemGroupsQuery, failedItemsQuery } from '@/lib/client/failed-items';
import type { FailedItemFilter } from '@/lib/shared/failed-item';

/** Everything that the page of failed items works with: what it shows, what is selected and what is being done. */
export function useTriage() {
  const filterState = useFailedItemFilter();
  const { url, filter } = filterState;
  const groups = useQuery(failedItemGroupsQuery(filter));
  const listed = useListed(filter, { view: url.view, group: url.group });
  const items = useQuery({
    ...failedItemsQuery({ ...(listed ?? filter), order: url.order, cursor: url.cursor }),
    enabled: listed !== undefined,
  });
  const selection = useSelection(filter);
  const actions = useActions(selection.clear);
  return { filterState, groups, items, selection, actions };
}

export type Triage = ReturnType<typeof useTriage>;

/** What the rows on the page are of: the open group or the whole filter; undefined where no rows are shown. */
function useListed(
  filter: FailedItemFilter,
  { view, group }: { view: 'groups' | 'list'; group: string | null },
): FailedItemFilter | undefined {
  return useMemo(() => {
    if (view === 'list') return filter;
    return group === null ? undefined : { ...filter, fingerprint: group };
  }, [view, group, filter]);
}
