'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { TargetTable } from '@/components/batches/target-table';
import { ErrorState } from '@/components/ui/error-state';
import { Field } from '@/components/ui/field';
import { countOf, formatCount } from '@/components/ui/number-format';
import { Pagination } from '@/components/ui/pagination';
import { Section } from '@/components/ui/section';
import { Select } from '@/components/ui/select';
import { TableSkeleton } from '@/components/ui/table-skeleton';
import { targetResultsQuery } from '@/lib/client/batches';
import { type Batch, TARGET_OUTCOMES, type TargetOutcome } from '@/lib/shared/batch';

/** What came of each target of a bulk batch, in their order, as far as they have ended. */
export function TargetResults({ batch }: { batch: Batch }) {
  const [outcome, setOutcome] = useState<TargetOutcome | null>(null);
  const [cursor, setCursor] = useState('');
  const { data, isPending, isPlaceholderData, error, refetch } = useQuery(
    targetResultsQuery(batch, { outcome, cursor }),
  );
  const choose = (chosen: TargetOutcome | null) => {
    setOutcome(chosen);
    setCursor('');
  };
  return (
    <Section title="Results" actions={<OutcomeFilter batch={batch} value={outcome} onChange={choose} />}>
      {isPending && <TableSkeleton rows={3} columns={3} label="Loading the results" />}
      {!data && error && (
        <ErrorState title="The results could not be loaded" error={error} onRetry={() => refetch()} />
      )}
      {data && data.items.length === 0 && data.cursor === null && (
        <p className="text-muted">{outcome ? `None ${outcome}.` : 'Nothing has ended yet.'}</p>
      )}
      {data && (data.items.length > 0 || data.cursor !== null) && (
        <div aria-busy={isPlaceholderData} className="flex flex-col gap-3 aria-busy:opacity-60">
          <TargetTable kind={batch.kind} results={data.items} />
          <Pagination
            label="Pages of results"
            previousLabel="First page"
            onPrevious={cursor === '' ? undefined : () => setCursor('')}
            onNext={data.cursor === null ? undefined : () => setCursor(data.cursor ?? '')}
          >
            {countOf(data.items.length, 'result')} on this page
          </Pagination>
        </div>
      )}
    </Section>
  );
}

type FilterProps = {
  batch: Batch;
  value: TargetOutcome | null;
  onChange: (outcome: TargetOutcome | null) => void;
};

function OutcomeFilter({ batch, value, onChange }: FilterProps) {
  return (
    <Field label="Outcome" isLabelHidden className="w-48">
      <Select
        value={value ?? ''}
        onChange={({ target }) => onChange(TARGET_OUTCOMES.find((one) => one === target.value) ?? null)}
      >
        <option value="">All outcomes</option>
        {TARGET_OUTCOMES.map((one) => (
          <option key={one} value={one}>
            {formatCount(batch[one])} {one}
          </option>
        ))}
      </Select>
    </Field>
  );
}
