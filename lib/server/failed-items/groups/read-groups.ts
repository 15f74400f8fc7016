import { examineItems } from '@/lib/server/failed-items/find/examine-items';
import { searchOf } from '@/lib/server/failed-items/find/search';
import { factsOf, GROUPS_ORIGIN, toGroup } from '@/lib/server/failed-items/groups/group-item';
import { countOf, groupTally, noCounts } from '@/lib/server/failed-items/groups/group-tally';
import { queryOrigin } from '@/lib/server/failed-items/groups/query-origin';
import { retrySafety } from '@/lib/server/failed-items/retry-safety';
import {
  FAILED_ITEM_STATES,
  type FailedItemFilter,
  type FailedItemGroup,
  type FailedItemGroups,
  type FailedItemState,
  isUnresolved,
} from '@/lib/shared/failed-item';

type Counted = { groups: FailedItemGroup[]; isComplete: boolean };

/** Fields of a filter that hold for a group as a whole. */
const OF_GROUPS = ['kind', 'code', 'class', 'fingerprint'] as const;

/** How many items are looked at where a filter splits groups. */
const MOST_EXAMINED = 20_000;
const READ_AHEAD = 2000;

/**
 * The groups of failed items that a filter leaves, those with the most unresolved items first. Groups have at least one
 * item in the state of the filter; the totals count every state. Counts are stored ones, and where the filter splits groups
 * they are taken of the newest items, up to 20,000.
 * @throws {AppError} what DynamoDB answered
 */
export async function readGroups(filter: FailedItemFilter, requestId: string): Promise<FailedItemGroups> {
  const asOf = new Date().toISOString();
  const [{ groups, isComplete }, safety] = await Promise.all([
    hasStoredGroups(filter) ? storedGroups(filter, requestId) : countedGroups(filter, asOf, requestId),
    retrySafety(requestId),
  ]);
  const totals = noCounts();
  for (const { counts } of groups) for (const state of FAILED_ITEM_STATES) totals[state] += counts[state];
  const { state } = searchOf(filter);
  return {
    groups: groups.filter(({ counts }) => countOf(counts, isShown(state)) > 0).sort(byUrgency),
    ...{ totals, total: countOf(totals), isComplete, safety, asOf },
  };
}

function hasStoredGroups({ batchId, courseId, actorId, from, to, q }: FailedItemFilter): boolean {
  return [batchId, courseId, actorId, from, to, q].every((value) => value === undefined);
}

async function storedGroups(filter: FailedItemFilter, requestId: string): Promise<Counted> {
  const stored = await queryOrigin(GROUPS_ORIGIN, { operation: 'readGroups', requestId });
  const isMatching = (group: FailedItemGroup) =>
    OF_GROUPS.every((field) => filter[field] === undefined || filter[field] === group[field]);
  return { groups: stored.map(toGroup).filter(isMatching), isComplete: true };
}

async function countedGroups(filter: FailedItemFilter, asOf: string, requestId: string): Promise<Counted> {
  const tallies = new Map<string, ReturnType<typeof groupTally>>();
  let examined = 0;
  const examining = { order: 'desc' as const, wanted: READ_AHEAD, operation: 'readGroups', requestId };
  for await (const { match } of examineItems({ ...filter, state: 'any' }, examining)) {
    if (examined === MOST_EXAMINED) break;
    examined++;
    if (!match) continue;
    const tally = tallies.get(match.fingerprint) ?? groupTally(factsOf(match));
    tally.add(match);
    tallies.set(match.fingerprint, tally);
  }
  const groups = [...tallies.values()].map((tally) => tally.group(asOf));
  return { groups, isComplete: examined < MOST_EXAMINED };
}

function isShown(state: FailedItemFilter['state'] | 'any'): (state: FailedItemState) => boolean {
  if (state === 'any') return () => true;
  return state === 'unresolved' ? isUnresolved : (other) => other === state;
}

function byUrgency(a: FailedItemGroup, b: FailedItemGroup): number {
  const more = countOf(b.counts, isUnresolved) - countOf(a.counts, isUnresolved);
  if (more !== 0) return more;
  return a.lastAt < b.lastAt ? 1 : -1;
}
