import { FORMAT_LABELS } from '@/components/batches/batch-labels';
import { formatBytes } from '@/components/ui/number-format';
import { Time } from '@/components/ui/time';
import type { Batch } from '@/lib/shared/batch';

/** Whose batch it is, since when, and of what kind its file is. */
export function BatchOrigin({ batch }: { batch: Batch }) {
  const { kind, createdBy, createdAt, format, sizeBytes } = batch;
  return (
    <>
      {kind === 'undo' ? 'Undone by ' : 'Uploaded by '}
      <bdi>{createdBy.name}</bdi>, <Time value={createdAt} />
      {kind === 'import' && `, ${FORMAT_LABELS[format]}, ${formatBytes(sizeBytes)}`}
    </>
  );
}
