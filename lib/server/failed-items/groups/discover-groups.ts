import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { classifyError } from '@/lib/server/classify-error';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { itemPlace } from '@/lib/server/failed-items/failed-item';
import {
  factsOf,
  GROUPS_ORIGIN,
  type GroupFacts,
  toGroup,
} from '@/lib/server/failed-items/groups/group-item';
import { noCounts } from '@/lib/server/failed-items/groups/group-tally';
import { noteGroups } from '@/lib/server/failed-items/groups/note-groups';
import { queryOrigin } from '@/lib/server/failed-items/groups/query-origin';
import { walkFailedItems } from '@/lib/server/failed-items/walk-failed-items';
import { log } from '@/lib/server/log';
import { withRetry } from '@/lib/server/retry';
import { isConditionFailed } from '@/lib/server/stored-item';
import { type FailedItemGroup, UNRESOLVED_STATES } from '@/lib/shared/failed-item';

/** Time between two looks, over all processes; where there is much to look at, longer. */
const EVERY_MS = 5 * 60_000;
const REST_SHARE = 20;

/** Resolved items may expire without anybody noting it. */
const OLD_COUNT_MS = 24 * 3_600_000;

const ROUND = { origin: 'group-rounds', itemKey: 'discover' };

type Found = { facts: GroupFacts; counts: FailedItemGroup['counts'] };

/**
 * Finds groups whose count is missing, wrong or old, and notes them: those of items whose process ended before it could.
 * It looks at every unresolved item, in one process at a time and at most every five minutes.
 * @returns how many were noted
 * @throws {AppError} what DynamoDB answered
 */
export async function discoverGroups(requestId: string): Promise<number> {
  const startedAt = Date.now();
  if (!(await takeTurn(startedAt, requestId))) return 0;
  const found = await countUnresolved(requestId);
  const operation = 'discoverGroups';
  const stored = (await queryOrigin(GROUPS_ORIGIN, { operation, requestId })).map(toGroup);
  const known = new Map(stored.map((group) => [group.fingerprint, group]));
  const wrong = [
    ...[...found.values()].filter(({ facts, counts }) => !isCounted(counts, known.get(facts.fingerprint))),
    ...stored
      .filter(({ fingerprint }) => !found.has(fingerprint))
      .filter((group) => !isCounted(noCounts(), group) || isOld(group))
      .map((group) => ({ facts: group })),
  ];
  await noteGroups(
    wrong.map(({ facts }) => facts),
    requestId,
  );
  if (wrong.length > 0) log.info('groups to be counted again', { requestId, operation, found: wrong.length });
  await rest((Date.now() - startedAt) * REST_SHARE, requestId);
  return wrong.length;
}

async function countUnresolved(requestId: string): Promise<Map<string, Found>> {
  const found = new Map<string, Found>();
  for await (const items of walkFailedItems({ state: 'unresolved' }, { requestId })) {
    for (const item of items) {
      const group = found.get(item.fingerprint) ?? { facts: factsOf(item), counts: noCounts() };
      group.counts[item.state]++;
      found.set(item.fingerprint, group);
    }
  }
  return found;
}

function isCounted(counts: FailedItemGroup['counts'], group: FailedItemGroup | undefined): boolean {
  return group !== undefined && UNRESOLVED_STATES.every((state) => counts[state] === group.counts[state]);
}

function isOld({ countedAt }: FailedItemGroup): boolean {
  return Date.parse(countedAt) < Date.now() - OLD_COUNT_MS;
}

async function takeTurn(now: number, requestId: string): Promise<boolean> {
  const command = new UpdateCommand({
    ...itemPlace(ROUND),
    UpdateExpression: 'SET notBefore = :next',
    ConditionExpression: 'attribute_not_exists(notBefore) OR notBefore <= :now',
    ExpressionAttributeValues: {
      ':next': new Date(now + EVERY_MS).toISOString(),
      ':now': new Date(now).toISOString(),
    },
  });
  try {
    await withRetry(() => documentClient.send(command), contextOf(requestId));
    return true;
  } catch (thrown) {
    if (isConditionFailed(classifyError(thrown).cause)) return false;
    throw thrown;
  }
}

async function rest(restMs: number, requestId: string): Promise<void> {
  if (restMs <= EVERY_MS) return;
  const command = new UpdateCommand({
    ...itemPlace(ROUND),
    UpdateExpression: 'SET notBefore = :next',
    ExpressionAttributeValues: { ':next': new Date(Date.now() + restMs).toISOString() },
  });
  await withRetry(() => documentClient.send(command), contextOf(requestId));
}

const contextOf = (requestId: string) => ({
  ...{ operation: 'discoverGroups', requestId, maxRetries: env.MAX_RETRIES },
});
