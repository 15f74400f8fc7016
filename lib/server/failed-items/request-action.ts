import { createBulkBatch } from '@/lib/server/batches/bulk/create-bulk-batch';
import { lookAfter } from '@/lib/server/batches/worker/batch-worker';
import { actOnItems } from '@/lib/server/failed-items/act-on-items';
import { whyNotEligible } from '@/lib/server/failed-items/eligibility';
import type { ItemAction } from '@/lib/server/failed-items/item-action';
import { type Selected, type Selection, selectedItems } from '@/lib/server/failed-items/plan/selected-items';
import { planAction } from '@/lib/server/failed-items/plan-action';
import { AppError } from '@/lib/shared/app-error';
import type { BatchAction } from '@/lib/shared/audit-event';
import {
  type ActionAnswer,
  type FailedItemAction,
  type FailedItemFilter,
  MOST_AT_ONCE,
} from '@/lib/shared/failed-item';
import type { Actor } from '@/lib/shared/session';

/** What is selected, as the API takes it: ids or a filter, never both. */
export type Requested = {
  ids?: string[] | undefined;
  filter?: FailedItemFilter | undefined;
  reason?: string | undefined;
  dryRun: boolean;
  itemsPerSecond: number;
};

type Caller = { actor: Actor; requestId: string };

const AUDITED: Record<FailedItemAction, BatchAction> = {
  retry: 'RETRY_FAILED_ITEMS',
  discard: 'DISCARD_FAILED_ITEMS',
  snooze: 'SNOOZE_FAILED_ITEMS',
  restore: 'RESTORE_FAILED_ITEMS',
};

/**
 * Does the same to all selected failed items: a few at once, more as a durable batch over the list as it is at this moment;
 * a dry run says what would happen. What fails or is tried after this moment is not touched.
 * @throws {AppError} VALIDATION_ERROR where a batch has no reason or the end of a snooze is past; what DynamoDB answered
 */
export async function requestAction(
  action: ItemAction,
  requested: Requested,
  { actor, requestId }: Caller,
): Promise<ActionAnswer> {
  const asOf = new Date().toISOString();
  const { dryRun, itemsPerSecond, reason = null } = requested;
  const selection = selectionOf(requested);
  requireFuture(action, asOf);
  if (dryRun) {
    const patch = action.action === 'retry' ? action.patch : undefined;
    const planning = { action: action.action, patch, itemsPerSecond, asOf, requestId };
    return { kind: 'plan', plan: await planAction(selection, planning) };
  }
  const few = await fewIds(selection, { asOf, requestId });
  if (few) {
    const asking = { actor, requestId, asOf, reason, bulkId: null };
    return { kind: 'outcomes', outcomes: await actOnItems(few, action, asking) };
  }
  const batch = await createBulkBatch({
    kind: action.action,
    name: nameOf(selection),
    reason: requireReason(reason),
    targets: targetsOf(selection, { action: action.action, asOf, requestId }),
    // The filter is kept as it was asked for, beside the list that it came to.
    settings: { ...action, asOf, itemsPerSecond, filter: selection.filter },
    ...{ actor, requestId, action: AUDITED[action.action] },
  });
  lookAfter(batch.batchId);
  return { kind: 'batch', batchId: batch.batchId };
}

function selectionOf({ ids, filter }: Requested): Selection {
  if (filter) return { filter };
  return { ids: [...new Set(ids)] };
}

function requireFuture(action: ItemAction, asOf: string): void {
  if (action.action !== 'snooze' || action.until > asOf) return;
  const message = 'Snooze until a time that is still to come';
  throw new AppError('VALIDATION_ERROR', message, {
    fields: [{ field: 'until', message, value: action.until }],
  });
}

function requireReason(reason: string | null): string {
  if (reason !== null) return reason;
  const message = `Give a reason: more than ${MOST_AT_ONCE} items become a batch`;
  throw new AppError('VALIDATION_ERROR', message, { fields: [{ field: 'reason', message }] });
}

type Moment = { asOf: string; requestId: string };

/** The ids of the selected items where they are few enough to be acted on at once; undefined where they are more. */
async function fewIds(selection: Selection, moment: Moment): Promise<string[] | undefined> {
  if (selection.ids) return selection.ids.length > MOST_AT_ONCE ? undefined : selection.ids;
  const ids: string[] = [];
  for await (const { items } of selectedItems(selection, moment)) {
    ids.push(...items.map(({ id }) => id));
    if (ids.length > MOST_AT_ONCE) return undefined;
  }
  return ids;
}

type Freezing = Moment & { action: FailedItemAction };

async function* targetsOf(selection: Selection, freezing: Freezing): AsyncGenerator<string[]> {
  if (selection.ids) {
    yield selection.ids;
    return;
  }
  for await (const selected of selectedItems(selection, freezing)) yield eligibleFirst(selected, freezing);
}

/** What would only be skipped must not be the canary. */
function eligibleFirst({ items }: Selected, { action, asOf }: Freezing): string[] {
  const isEligible = (item: (typeof items)[number]) => whyNotEligible(item, action, asOf) === null;
  return [...items.filter(isEligible), ...items.filter((item) => !isEligible(item))].map(({ id }) => id);
}

/** What was selected, in words: "code THROTTLING, courseId C-1". */
function nameOf({ filter }: Selection): string {
  if (!filter) return 'chosen one by one';
  const facets = Object.entries(filter).map(([name, value]) => `${name} ${value}`);
  return facets.join(', ').slice(0, 200);
}
