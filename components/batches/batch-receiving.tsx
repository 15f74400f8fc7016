import { rowNoun } from '@/components/batches/batch-labels';
import { BatchProgress } from '@/components/batches/batch-progress';
import { countOf } from '@/components/ui/number-format';
import { type Batch, isBulk } from '@/lib/shared/batch';

/** A file on its way in, or a list of items that is being frozen. */
export function BatchReceiving({ batch }: { batch: Batch }) {
  return (
    <section
      aria-label="Progress"
      className="flex flex-col gap-2 rounded-lg border border-line bg-surface p-4"
    >
      <BatchProgress batch={batch} />
      <p className="tabular-nums">
        {countOf(batch.rows, rowNoun(batch))} {isBulk(batch.kind) ? 'listed' : 'read and checked'} so far.
      </p>
      <p className="text-muted text-sm">
        {isBulk(batch.kind)
          ? 'It begins by itself as soon as the list is complete.'
          : 'Nothing is written to the assignments before somebody starts the batch.'}
      </p>
    </section>
  );
}
