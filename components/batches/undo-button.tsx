'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { batchPath } from '@/components/batches/batch-labels';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { ErrorState } from '@/components/ui/error-state';
import { countOf } from '@/components/ui/number-format';
import { useBatchAction } from '@/lib/client/batches';
import type { Batch } from '@/lib/shared/batch';

/** Asks before everything that a batch created is deleted, then goes to the batch that does it. */
export function UndoButton({ batch }: { batch: Batch }) {
  const router = useRouter();
  const [isAsking, setIsAsking] = useState(false);
  const undo = useBatchAction(batch.batchId, 'undo', ({ batchId }) => {
    setIsAsking(false);
    router.push(batchPath(batchId));
  });

  return (
    <>
      <Button onClick={() => setIsAsking(true)}>Undo</Button>
      <ConfirmDialog
        isOpen={isAsking}
        title="Undo this batch?"
        confirmLabel={`Delete ${countOf(batch.created, 'assignment')}`}
        cancelLabel="Keep them"
        isDangerous
        isPending={undo.isPending}
        onCancel={() => setIsAsking(false)}
        onConfirm={() => undo.mutate()}
      >
        <p>
          The {countOf(batch.created, 'assignment')} that this batch created will be deleted. Those that
          somebody changed since are kept and listed. The history of both batches stays.
        </p>
        {undo.error && (
          <div className="mt-3">
            <ErrorState title="The batch was not undone" error={undo.error} />
          </div>
        )}
      </ConfirmDialog>
    </>
  );
}
