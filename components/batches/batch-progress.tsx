import { batchName, rowNoun } from '@/components/batches/batch-labels';
import { endedParts, endedRows } from '@/components/batches/batch-parts';
import { countOf, formatCount } from '@/components/ui/number-format';
import { ProgressBar } from '@/components/ui/progress-bar';
import type { Batch } from '@/lib/shared/batch';

/** How many rows of a batch have ended, as a bar in the colors of its equation. */
export function BatchProgress({ batch, className }: { batch: Batch; className?: string }) {
  const rows = countOf(batch.rows, rowNoun(batch));
  return (
    <ProgressBar
      label={`Progress of ${batchName(batch)}`}
      parts={endedParts(batch)}
      total={batch.state === 'receiving' ? null : batch.rows}
      valueText={batch.state === 'receiving' ? `${rows} read` : `${formatCount(endedRows(batch))} of ${rows}`}
      {...(className ? { className } : {})}
    />
  );
}
