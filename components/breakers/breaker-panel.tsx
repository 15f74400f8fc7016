'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { BreakerHistory } from '@/components/breakers/breaker-history';
import { BreakerTable } from '@/components/breakers/breaker-table';
import { breakerSentence } from '@/components/breakers/breaker-words';
import { OverrideDialog } from '@/components/breakers/override-dialog';
import { useOverrideDrafts } from '@/components/breakers/use-override-drafts';
import { Callout } from '@/components/ui/callout';
import { ErrorState } from '@/components/ui/error-state';
import { Section } from '@/components/ui/section';
import { TableSkeleton } from '@/components/ui/table-skeleton';
import { breakersQuery } from '@/lib/client/breakers';
import type { Breakers } from '@/lib/shared/breaker';

const TABLES = 8;

/** The circuit breaker of each table: where it stands and why, and what people may do about it. */
export function BreakerPanel() {
  const { data, isPending, error, refetch } = useQuery(breakersQuery());
  return (
    <Section title="Circuit breakers" description={data ? <Sentence data={data} /> : 'One for each table.'}>
      {isPending && <TableSkeleton rows={TABLES} columns={6} label="Loading the breakers" />}
      {!data && error && (
        <ErrorState title="The breakers could not be read" error={error} onRetry={() => refetch()} />
      )}
      {data && (
        <>
          {error && (
            <Callout tone="warning">The breakers are not read at this moment; what you see is older.</Callout>
          )}
          {data.storeProblem && (
            <Callout tone="warning" title="Each process decides for itself">
              <p>The store of the breakers does not answer, which stops no write. {data.storeProblem}</p>
            </Callout>
          )}
          <Standing data={data} />
        </>
      )}
    </Section>
  );
}

/** Spoken when it changes, as it does when a breaker opens or closes. */
function Sentence({ data }: { data: Breakers }) {
  return <span role="status">{breakerSentence(data.breakers)}</span>;
}

function Standing({ data }: { data: Breakers }) {
  const [chosen, setChosen] = useState<string>();
  const drafts = useOverrideDrafts();
  const breaker = data.breakers.find(({ table }) => table === chosen);
  return (
    <>
      <BreakerTable data={data} onOverride={setChosen} />
      <BreakerHistory data={data} />
      {breaker && (
        <OverrideDialog
          key={breaker.table}
          breaker={breaker}
          draft={drafts.of(breaker.table)}
          onType={(draft) => drafts.keep(breaker.table, draft)}
          onDone={() => {
            drafts.forget(breaker.table);
            setChosen(undefined);
          }}
          onClose={() => setChosen(undefined)}
        />
      )}
    </>
  );
}
