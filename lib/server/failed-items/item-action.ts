import type * as z from 'zod';
import type { payloadPatchSchema } from '@/lib/shared/failed-item';
import type { Starter } from '@/lib/shared/session';

export type PayloadPatch = z.infer<typeof payloadPatchSchema>;

/** What is done to failed items. A `patch` sets the same fields on each before it is retried. */
export type ItemAction =
  | { action: 'retry'; patch?: PayloadPatch | undefined }
  | { action: 'discard'; reason: string }
  | { action: 'snooze'; until: string }
  | { action: 'restore' };

/** Who asks for it, when, and as part of which batch. */
export type Asking = {
  actor: Starter;
  requestId: string;
  /** Items tried after this instant (ISO) are not touched. */
  asOf: string;
  reason: string | null;
  bulkId: string | null;
  /** Asked before each item. */
  mayGoOn?: () => boolean;
};
