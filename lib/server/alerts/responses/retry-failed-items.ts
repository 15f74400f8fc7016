import { randomUUID } from 'node:crypto';
import { beginResponse, endResponse } from '@/lib/server/alerts/responses/begin-response';
import { noteOnResponse } from '@/lib/server/alerts/responses/change-response';
import type { ResponseItem } from '@/lib/server/alerts/responses/response-item';
import type { Situation } from '@/lib/server/alerts/responses/run-responses';
import { createBulkBatch } from '@/lib/server/batches/bulk/create-bulk-batch';
import { readBatchItem } from '@/lib/server/batches/read-batch';
import { lookAfter } from '@/lib/server/batches/worker/batch-worker';
import { classifyError } from '@/lib/server/classify-error';
import { whyNotEligible } from '@/lib/server/failed-items/eligibility';
import { selectedItems } from '@/lib/server/failed-items/plan/selected-items';
import { planAction } from '@/lib/server/failed-items/plan-action';
import { SYSTEM } from '@/lib/shared/audit-event';
import { type Batch, isFinal } from '@/lib/shared/batch';
import type { FailedItemFilter } from '@/lib/shared/failed-item';

/** Slower than what people ask for: what has just recovered should stay so. */
const ITEMS_PER_SECOND = 25;

/** So much earlier than an alert could see it, the first items may have failed. */
const LEAD_MS = 2 * 60_000;

const REASON = 'Automatic response: retry of what failed before writes recovered';

/**
 * Once the cause is over, retries as one batch what failed meanwhile for a reason that time mends. The batch has its name
 * before it is made, so a round that was cut off makes no second one.
 */
export async function retryFailedItems(
  response: ResponseItem,
  { cause, requestId }: Situation,
): Promise<void> {
  const { isActive, isOn, waitingSince } = response;
  if (isActive) return followBatch(response, requestId);
  if (!cause) {
    if (waitingSince !== null) await afterRecovery(response, waitingSince, requestId);
    return;
  }
  if (!isOn || waitingSince !== null) return;
  const since = new Date(Date.parse(cause.badSince ?? cause.since) - LEAD_MS).toISOString();
  await noteOnResponse(response, { waitingSince: since }, requestId);
}

async function afterRecovery(response: ResponseItem, waitingSince: string, requestId: string): Promise<void> {
  const count = response.isOn ? await countEligible(waitingSince, requestId) : 0;
  if (count === 0) {
    await noteOnResponse(response, { waitingSince: null }, requestId);
    return;
  }
  const sentence = `Retries ${count === 1 ? 'one item that' : `${count} items that`} failed before writes recovered`;
  const begun = await beginResponse(response, { sentence, batchId: `batch_${randomUUID()}` }, requestId);
  if (begun) await followBatch(begun, requestId);
}

const filterOf = (waitingSince: string): FailedItemFilter => ({
  ...{ state: 'open', class: 'transient', from: waitingSince },
});

async function countEligible(waitingSince: string, requestId: string): Promise<number> {
  const asOf = new Date().toISOString();
  const planning = { action: 'retry' as const, itemsPerSecond: ITEMS_PER_SECOND, asOf, requestId };
  const { eligible } = await planAction({ filter: filterOf(waitingSince) }, planning);
  return eligible;
}

/** Makes the batch where it is not there yet, and ends with it. */
async function followBatch(response: ResponseItem, requestId: string): Promise<void> {
  const { batchId } = response;
  if (batchId === null) return;
  const batch = await findBatch(batchId, requestId);
  if (!batch) await makeBatch(response, batchId, requestId);
  else if (isFinal(batch.state)) await endResponse(response, endSentence(batch), requestId);
}

async function findBatch(batchId: string, requestId: string): Promise<Batch | undefined> {
  try {
    return await readBatchItem(batchId, requestId);
  } catch (thrown) {
    if (classifyError(thrown).code === 'NOT_FOUND') return undefined;
    throw thrown;
  }
}

async function makeBatch(response: ResponseItem, batchId: string, requestId: string): Promise<void> {
  const asOf = response.since ?? new Date().toISOString();
  const filter = filterOf(response.waitingSince ?? asOf);
  await createBulkBatch({
    ...{ batchId, kind: 'retry', action: 'RETRY_FAILED_ITEMS', reason: REASON, requestId },
    name: `transient failures since ${filter.from}`,
    actor: { id: SYSTEM.id, role: 'system', department: SYSTEM.department, name: 'Assignment Desk' },
    targets: targetsOf(filter, asOf, requestId),
    settings: { action: 'retry', asOf, itemsPerSecond: ITEMS_PER_SECOND, filter },
  });
  lookAfter(batchId);
}

async function* targetsOf(
  filter: FailedItemFilter,
  asOf: string,
  requestId: string,
): AsyncGenerator<string[]> {
  for await (const { items } of selectedItems({ filter }, { asOf, requestId })) {
    yield items.filter((item) => whyNotEligible(item, 'retry', asOf) === null).map(({ id }) => id);
  }
}

function endSentence({ state, succeeded, failed, skipped }: Batch): string {
  if (state === 'failed_to_receive') return 'The retry could not be planned: nothing was retried';
  return `Retried: ${succeeded} succeeded, ${failed} failed again, ${skipped} needed nothing`;
}
