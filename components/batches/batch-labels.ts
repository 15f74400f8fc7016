import type { Tone } from '@/components/ui/tone';
import type { Batch, BatchState, FileFormat } from '@/lib/shared/batch';

export const STATE_LABELS: Record<BatchState, string> = {
  receiving: 'Receiving',
  ready: 'Ready',
  running: 'Running',
  paused: 'Paused',
  cancelling: 'Cancelling',
  cancelled: 'Cancelled',
  done: 'Done',
  done_with_failures: 'Done with failures',
  undoing: 'Being undone',
  undone: 'Undone',
  failed_to_receive: 'Not accepted',
};

export const STATE_TONES: Record<BatchState, Tone> = {
  receiving: 'info',
  ready: 'warning',
  running: 'info',
  paused: 'warning',
  cancelling: 'info',
  cancelled: 'neutral',
  done: 'success',
  done_with_failures: 'danger',
  undoing: 'info',
  undone: 'neutral',
  failed_to_receive: 'danger',
};

export const FORMAT_LABELS: Record<FileFormat, string> = {
  csv: 'CSV',
  json: 'JSON',
  ndjson: 'NDJSON',
};

/** What a batch is called: its file, and that it takes another one back. */
export function batchName({ kind, fileName }: Pick<Batch, 'kind' | 'fileName'>): string {
  return kind === 'undo' ? `Undo of ${fileName}` : fileName;
}

export const batchPath = (batchId: string) => `/batches/${encodeURIComponent(batchId)}`;
