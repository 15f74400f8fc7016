import { BatchProgress } from '@/components/batches/batch-progress';
import { countOf } from '@/components/ui/number-format';
import type { Batch } from '@/lib/shared/batch';

/** A file on its way in. */
export function BatchReceiving({ batch }: { batch: Batch }) {
  return (
    <section
      aria-label="Progress"
      className="flex flex-col gap-2 rounded-lg border border-line bg-surface p-4"
    >
      <BatchProgress batch={batch} />
      <p className="tabular-nums">{countOf(batch.rows, 'row')} read and checked so far.</p>
      <p className="text-muted text-sm">
        Nothing is written to the assignments before somebody starts the batch.
      </p>
    </section>
  );
}
