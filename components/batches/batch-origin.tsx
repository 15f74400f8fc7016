import { FORMAT_LABELS } from '@/components/batches/batch-labels';
import { formatBytes } from '@/components/ui/number-format';
import { Time } from '@/components/ui/time';
import { type Batch, isBulk } from '@/lib/shared/batch';

const ORIGINS = { import: 'Uploaded by', undo: 'Undone by', bulk: 'Asked for by' } as const;

/** Whose batch it is, since when, and of what kind its file is, or why it was asked for. */
export function BatchOrigin({ batch }: { batch: Batch }) {
  const { kind, createdBy, createdAt, format, sizeBytes } = batch;
  return (
    <>
      {ORIGINS[isBulk(kind) ? 'bulk' : kind]} <bdi>{createdBy.name}</bdi>, <Time value={createdAt} />
      {kind === 'import' && `, ${FORMAT_LABELS[format]}, ${formatBytes(sizeBytes)}`}
      {batch.reason && (
        <>
          : “<bdi>{batch.reason}</bdi>”
        </>
      )}
    </>
  );
}
