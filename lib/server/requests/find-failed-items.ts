import { derivedAssignmentId } from '@/lib/server/assignments/write-identity';
import { type FailedItemItem, toFailedItem } from '@/lib/server/failed-items/failed-item';
import { createName, effectsName, keyOfId } from '@/lib/server/failed-items/failed-item-key';
import { listFailedItems } from '@/lib/server/failed-items/list-failed-items';
import { readItems } from '@/lib/server/failed-items/read-items';
import type { Traces } from '@/lib/server/requests/traces';
import { failedItemListSchema } from '@/lib/shared/failed-item';
import type { RequestStory } from '@/lib/shared/request';

const MOST_ITEMS = 10;

/**
 * The failed items that a request made or acted on: those its traces name, those that lie under its own ID, and those that
 * a search for its ID finds.
 * @throws {AppError} what DynamoDB answered
 */
export async function findFailedItems(
  asked: string,
  traces: Traces,
  requestId: string,
): Promise<RequestStory['failedItems']> {
  const assignmentIds = [...traces.assignmentIds, derivedAssignmentId(asked, 0)];
  const names = [createName(asked), ...assignmentIds.map(effectsName)];
  const named = [...traces.failedItemIds].slice(0, MOST_ITEMS).map(keyOfId);
  const search = failedItemListSchema.parse({ q: asked, limit: MOST_ITEMS });
  const listed = await listFailedItems(search, requestId);
  const listedKeys = listed.items.map(({ id }) => keyOfId(id));
  const keys = new Map(
    [...names, ...named, ...listedKeys].map((key) => [`${key.origin} ${key.itemKey}`, key]),
  );
  const items = await readItems([...keys.values()], requestId);
  return [...items.values()].filter((item) => belongsTo(item, asked, traces)).map(withoutPayload);
}

/** Effects of an assignment may have failed in another request. */
function belongsTo({ id, requestId, attempts }: FailedItemItem, asked: string, traces: Traces): boolean {
  const isOwn = requestId === asked || attempts.some((attempt) => attempt.requestId === asked);
  return isOwn || traces.failedItemIds.has(id);
}

function withoutPayload(item: FailedItemItem): RequestStory['failedItems'][number] {
  const { payload: _payload, ...shown } = toFailedItem(item);
  return shown;
}
