'use client';

import { useState } from 'react';
import { rowNoun } from '@/components/batches/batch-labels';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { ErrorState } from '@/components/ui/error-state';
import { countOf } from '@/components/ui/number-format';
import { useBatchAction } from '@/lib/client/batches';
import { type Batch, isBulk } from '@/lib/shared/batch';

/** Asks, with the numbers of this moment, before a batch is cancelled. */
export function CancelButton({ batch }: { batch: Batch }) {
  const [isAsking, setIsAsking] = useState(false);
  const cancel = useBatchAction(batch.batchId, 'cancel', () => setIsAsking(false));
  return (
    <>
      <Button onClick={() => setIsAsking(true)}>Cancel batch</Button>
      <ConfirmDialog
        isOpen={isAsking}
        title="Cancel this batch?"
        confirmLabel="Cancel batch"
        cancelLabel="Keep it"
        isDangerous
        isPending={cancel.isPending}
        onCancel={() => setIsAsking(false)}
        onConfirm={() => cancel.mutate()}
      >
        <Consequences batch={batch} />
        {cancel.error && (
          <div className="mt-3">
            <ErrorState title="The batch was not cancelled" error={cancel.error} />
          </div>
        )}
      </ConfirmDialog>
    </>
  );
}

function Consequences({ batch }: { batch: Batch }) {
  const { state, created, waiting } = batch;
  if (state === 'ready') {
    return <p>Nothing was written yet, and nothing will be. The file can be uploaded again later.</p>;
  }
  if (isBulk(batch.kind)) {
    const noun = rowNoun(batch);
    return (
      <p>
        What is done stays: {countOf(batch.succeeded, noun)} so far. The {countOf(waiting, noun)} still
        waiting will be skipped; a cancelled batch cannot be resumed.
      </p>
    );
  }
  return (
    <p>
      What is written stays: {countOf(created, 'assignment')} created so far. The {countOf(waiting, 'row')}{' '}
      still waiting will not be written; a cancelled batch cannot be resumed.
    </p>
  );
}
