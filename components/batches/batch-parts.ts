import type { ProgressPart } from '@/components/ui/progress-bar';
import { type Batch, isBulk } from '@/lib/shared/batch';

type Counts = Pick<
  Batch,
  | 'kind'
  | 'rows'
  | 'created'
  | 'rejected'
  | 'failed'
  | 'waiting'
  | 'deleted'
  | 'kept'
  | 'succeeded'
  | 'skipped'
>;

/** The right side of a batch's equation, in its order: `rows` is the sum of these parts. */
export function batchParts(batch: Counts): ProgressPart[] {
  const { created, rejected, failed, waiting, deleted, kept } = batch;
  const rest: ProgressPart = { label: 'waiting', value: waiting, tone: 'neutral' };
  if (batch.kind === 'undo') {
    return [
      { label: 'deleted', value: deleted, tone: 'success' },
      { label: 'kept', value: kept, tone: 'warning' },
      rest,
    ];
  }
  if (isBulk(batch.kind)) {
    return [
      { label: 'succeeded', value: batch.succeeded, tone: 'success' },
      { label: 'skipped', value: batch.skipped, tone: 'warning' },
      { label: 'failed', value: failed, tone: 'danger' },
      rest,
    ];
  }
  return [
    { label: 'created', value: created, tone: 'success' },
    { label: 'rejected', value: rejected, tone: 'warning' },
    { label: 'failed', value: failed, tone: 'danger' },
    rest,
  ];
}

/** The parts that have ended, whatever their end was. */
export const endedParts = (batch: Counts) => batchParts(batch).filter(({ label }) => label !== 'waiting');

/** Rows that have ended. */
export const endedRows = ({ rows, waiting }: Pick<Batch, 'rows' | 'waiting'>) => rows - waiting;

/** The share of rows that have ended, 0 to 1. */
export const endedShare = (batch: Pick<Batch, 'rows' | 'waiting'>) =>
  batch.rows === 0 ? 1 : endedRows(batch) / batch.rows;
