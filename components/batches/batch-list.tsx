'use client';

import { useQuery } from '@tanstack/react-query';
import { STATE_LABELS } from '@/components/batches/batch-labels';
import { BatchTable } from '@/components/batches/batch-table';
import { useBatchFilter } from '@/components/batches/use-batch-filter';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorState } from '@/components/ui/error-state';
import { Field } from '@/components/ui/field';
import { countOf } from '@/components/ui/number-format';
import { Pagination } from '@/components/ui/pagination';
import { Select } from '@/components/ui/select';
import { TableSkeleton } from '@/components/ui/table-skeleton';
import { batchesQuery } from '@/lib/client/batches';
import { useMay } from '@/lib/client/session-context';
import { BATCH_STATES, type BatchState } from '@/lib/shared/batch';

type FilterState = ReturnType<typeof useBatchFilter>;

/** All batches, newest first; the chosen state and the page are in the URL. */
export function BatchList() {
  const state = useBatchFilter();
  return (
    <section aria-labelledby="all-batches" className="flex flex-col gap-3">
      <div className="flex flex-wrap items-end justify-between gap-3">
        <h2 id="all-batches" className="font-semibold">
          All batches
        </h2>
        <StateFilter value={state.filter.state} onChange={state.chooseState} />
      </div>
      <Results {...state} />
    </section>
  );
}

type StateFilterProps = { value: BatchState | null; onChange: (state: BatchState | null) => void };

function StateFilter({ value, onChange }: StateFilterProps) {
  return (
    <Field label="State" isLabelHidden className="w-48">
      <Select
        value={value ?? ''}
        onChange={({ target }) => onChange(BATCH_STATES.find((state) => state === target.value) ?? null)}
      >
        <option value="">In any state</option>
        {BATCH_STATES.map((state) => (
          <option key={state} value={state}>
            {STATE_LABELS[state]}
          </option>
        ))}
      </Select>
    </Field>
  );
}

function Results({ filter, goToPage, chooseState }: FilterState) {
  const { data, isPending, isPlaceholderData, error, refetch } = useQuery(batchesQuery(filter));

  if (isPending) return <TableSkeleton columns={6} rows={5} label="Loading batches" />;
  if (!data) {
    return <ErrorState title="The batches could not be loaded" error={error} onRetry={() => refetch()} />;
  }
  if (data.items.length === 0) return <NoBatches filter={filter} chooseState={chooseState} />;
  const next = data.cursor;
  return (
    <div aria-busy={isPlaceholderData} className="flex flex-col gap-3 aria-busy:opacity-60">
      {error && <ErrorState title="This list is not up to date" error={error} onRetry={() => refetch()} />}
      <BatchTable batches={data.items} />
      <Pagination
        label="Pages of batches"
        previousLabel="First page"
        onPrevious={filter.cursor === null ? undefined : () => goToPage(null)}
        onNext={next === null ? undefined : () => goToPage(next)}
      >
        {countOf(data.items.length, 'batch', 'batches')} on this page
      </Pagination>
    </div>
  );
}

function NoBatches({ filter, chooseState }: Pick<FilterState, 'filter' | 'chooseState'>) {
  const mayCreate = useMay('batch:create');
  if (filter.state !== null || filter.cursor !== null) {
    return (
      <EmptyState
        title={filter.state ? `No batch is “${STATE_LABELS[filter.state]}”` : 'No batches on this page'}
        action={<Button onClick={() => chooseState(null)}>Show all batches</Button>}
      />
    );
  }
  return (
    <EmptyState title="No batches yet">
      {mayCreate ? 'Drop a file above to create many assignments at once.' : 'An administrator uploads them.'}
    </EmptyState>
  );
}
