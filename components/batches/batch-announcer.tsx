import { STATE_LABELS } from '@/components/batches/batch-labels';
import { batchParts, endedShare } from '@/components/batches/batch-parts';
import { formatCount } from '@/components/ui/number-format';
import { isActive } from '@/lib/client/batch-polling';
import type { Batch } from '@/lib/shared/batch';

/** Says to screen readers when the state changes and each time another quarter of the rows has ended, nothing else. */
export function BatchAnnouncer({ batch }: { batch: Batch }) {
  return (
    <p role="status" className="sr-only">
      {announcement(batch)}
    </p>
  );
}

/** The text is the same until there is something to say: a live region speaks only when its text changes. */
function announcement(batch: Batch): string {
  const { state } = batch;
  const label = STATE_LABELS[state];
  if (state === 'receiving' || state === 'ready' || state === 'failed_to_receive') return `${label}.`;
  if (isActive(state) || state === 'paused') {
    const quarters = Math.floor(endedShare(batch) * 4);
    return quarters === 0 ? `${label}.` : `${label}, ${quarters * 25} percent.`;
  }
  const parts = batchParts(batch)
    .filter(({ value }) => value > 0)
    .map((part) => `${formatCount(part.value)} ${part.label}`);
  return `${label}: ${parts.join(', ')}.`;
}
