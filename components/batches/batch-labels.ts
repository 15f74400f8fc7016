import { countOf } from '@/components/ui/number-format';
import type { Tone } from '@/components/ui/tone';
import { type Batch, type BatchKind, type BatchState, type FileFormat, isBulk } from '@/lib/shared/batch';

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

const ROW_NOUNS: Record<BatchKind, string> = {
  ...{ import: 'row', undo: 'row' },
  ...{ retry: 'item', discard: 'item', snooze: 'item', restore: 'item' },
  rollback: 'assignment',
};

/** What one of the things is called that a batch runs over. */
export const rowNoun = ({ kind }: Pick<Batch, 'kind'>) => ROW_NOUNS[kind];

/** The speed of a batch: "Rows per second". */
export function perSecond(batch: Pick<Batch, 'kind'>): string {
  const noun = rowNoun(batch);
  return `${noun.charAt(0).toUpperCase()}${noun.slice(1)}s per second`;
}

/** What a batch is called: its file, and that it takes another one back; or what it does to how many items. */
export function batchName({ kind, fileName, rows }: Pick<Batch, 'kind' | 'fileName' | 'rows'>): string {
  if (kind === 'undo') return `Undo of ${fileName}`;
  if (kind === 'rollback') return `Rollback: ${fileName}`;
  if (!isBulk(kind)) return fileName;
  return `${kind.charAt(0).toUpperCase()}${kind.slice(1)} of ${countOf(rows, 'failed item')}`;
}

export const batchPath = (batchId: string) => `/batches/${encodeURIComponent(batchId)}`;
