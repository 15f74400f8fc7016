import Link from 'next/link';
import { batchPath } from '@/components/rollbacks/rollback-labels';
import { countOf } from '@/components/ui/number-format';
import type { BatchFacts } from '@/lib/shared/rollback';

/** The import that is meant, and its undo where there is one. */
export function BatchSubject({ batch }: { batch: BatchFacts }) {
  const { batchId, fileName, created, undoneBy } = batch;
  return (
    <p>
      <Link
        href={batchPath(batchId)}
        className="break-words rounded font-medium underline underline-offset-2"
      >
        {fileName}
      </Link>
      , {countOf(created, 'assignment')} created.
      {undoneBy && (
        <>
          {' '}
          <Link href={batchPath(undoneBy)} className="rounded underline underline-offset-2">
            See its undo
          </Link>
          .
        </>
      )}
    </p>
  );
}
