import * as z from 'zod';
import type { Act } from '@/lib/server/batches/bulk/act';
import { actOnItems } from '@/lib/server/failed-items/act-on-items';
import type { ItemAction } from '@/lib/server/failed-items/item-action';
import { payloadPatchSchema } from '@/lib/shared/failed-item';

/** What a batch over failed items is to do, as its META keeps it. Items tried after `asOf` are not touched. */
const common = { asOf: z.string() };

const settingsSchema = z.discriminatedUnion('action', [
  z.object({ ...common, action: z.literal('retry'), patch: payloadPatchSchema.optional() }),
  z.object({ ...common, action: z.literal('discard'), reason: z.string() }),
  z.object({ ...common, action: z.literal('snooze'), until: z.string() }),
  z.object({ ...common, action: z.literal('restore') }),
]);

/** Retries, discards, snoozes or restores failed items for a batch, in the name of whoever asked for it. */
export const actOnFailedItems: Act = async (ids, { batch, requestId, mayGoOn }) => {
  const { asOf, ...action } = settingsSchema.parse(batch.settings);
  const outcomes = await actOnItems(ids, action satisfies ItemAction, {
    actor: batch.createdBy,
    requestId,
    asOf,
    reason: batch.reason,
    bulkId: batch.batchId,
    mayGoOn,
  });
  return outcomes.map(({ id, outcome, code, message }) => ({ target: id, outcome, code, message }));
};
