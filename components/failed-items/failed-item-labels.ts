import type { Tone } from '@/components/ui/tone';
import type { FailedItemKind, FailedItemState, FailedItemSummary } from '@/lib/shared/failed-item';

export const ITEM_STATE_LABELS: Record<FailedItemState, string> = {
  open: 'open',
  retrying: 'retrying',
  unknown: 'unknown',
  snoozed: 'snoozed',
  succeeded: 'succeeded',
  discarded: 'discarded',
};

export const ITEM_STATE_TONES: Record<FailedItemState, Tone> = {
  open: 'danger',
  retrying: 'info',
  unknown: 'warning',
  snoozed: 'neutral',
  succeeded: 'success',
  discarded: 'neutral',
};

/** What a state means, for those who meet it for the first time. */
export const ITEM_STATE_MEANINGS: Record<FailedItemState, string> = {
  open: 'Waits for somebody',
  retrying: 'Being retried now',
  unknown: 'Its retry was cut off: what it wrote is looked at before anything is sent again',
  snoozed: 'Open again by itself later',
  succeeded: 'Written in the end',
  discarded: 'Given up, with a reason',
};

export const KIND_LABELS: Record<FailedItemKind, string> = {
  batch_row: 'Row of a batch',
  create: 'Form',
  effects: 'Counts and audit event',
  undo: 'Undo',
};

export const CLASS_LABELS = {
  transient: 'Transient',
  data: 'Data',
  system: 'System',
  business: 'Business',
} as const;

export const itemPath = (id: string) => `/failed-items/${encodeURIComponent(id)}`;

export const batchPath = (batchId: string) => `/batches/${encodeURIComponent(batchId)}`;

export const assignmentPath = (assignmentId: string) => `/assignments/${encodeURIComponent(assignmentId)}`;

/** What an item is called where its kind is not said beside it. */
export function itemName({ title, id }: Pick<FailedItemSummary, 'title' | 'id'>): string {
  return title || id;
}
