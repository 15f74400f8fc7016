'use client';

import { ItemTable } from '@/components/failed-items/item-table';
import type { Triage } from '@/components/failed-items/use-triage';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorState } from '@/components/ui/error-state';
import { countOf } from '@/components/ui/number-format';
import { Pagination } from '@/components/ui/pagination';
import { TableSkeleton } from '@/components/ui/table-skeleton';
import { useMay } from '@/lib/client/session-context';
import type { Page } from '@/lib/shared/api';
import type { FailedItemSummary } from '@/lib/shared/failed-item';

type Props = { triage: Triage; caption: string; hasCause?: boolean };

/** The rows of the open group or of the flat list, in each of their states. */
export function ItemResults({ triage, caption, hasCause = false }: Props) {
  const { data, isPending, isPlaceholderData, error, refetch } = triage.items;

  if (isPending) return <TableSkeleton rows={5} columns={hasCause ? 7 : 6} label="Loading failed items" />;
  if (!data) {
    return (
      <ErrorState title="The failed items could not be loaded" error={error} onRetry={() => refetch()} />
    );
  }
  return (
    <div aria-busy={isPlaceholderData} className="flex flex-col gap-3 aria-busy:opacity-60">
      {error && <ErrorState title="This list is not up to date" error={error} onRetry={() => refetch()} />}
      <ItemPage triage={triage} caption={caption} hasCause={hasCause} page={data} />
    </div>
  );
}

type PageProps = Props & { page: Page<FailedItemSummary> };

function ItemPage({ triage, caption, hasCause = false, page: { items, cursor } }: PageProps) {
  const { filterState, selection, actions } = triage;
  const { url, change, goToPage } = filterState;
  const isSelectable = useMay('failed-item:retry');
  return (
    <>
      {items.length > 0 ? (
        <ItemTable
          caption={caption}
          items={items}
          selection={selection}
          isSelectable={isSelectable}
          isPendingFor={actions.isPendingFor}
          hasCause={hasCause}
          order={url.order}
          onSort={() => change({ group: url.group, order: url.order === 'asc' ? 'desc' : 'asc' })}
        />
      ) : (
        <EmptyState title={cursor === null ? 'Nothing left on this page' : 'No match so far'}>
          {cursor !== null && 'Only a part of the list has been searched yet.'}
        </EmptyState>
      )}
      <Pagination
        label="Pages of failed items"
        previousLabel="First page"
        onPrevious={url.cursor === null ? undefined : () => goToPage(null)}
        onNext={cursor === null ? undefined : () => goToPage(cursor)}
      >
        {countOf(items.length, 'item')} on this page
      </Pagination>
    </>
  );
}
