import type { GroupFacts } from '@/lib/server/failed-items/groups/group-item';
import {
  FAILED_ITEM_STATES,
  type FailedItemGroup,
  type FailedItemState,
  type FailedItemSummary,
  isUnresolved,
} from '@/lib/shared/failed-item';

/** Courses and batches that a group names; their number is complete. */
const MOST_NAMED = 20;

const HOUR_MS = 3_600_000;
const HOURS_SHOWN = 48;

/** `2026-10-01T23` of an ISO instant. */
const HOUR_LENGTH = 13;

/** Counts the failed items of one cause. */
export function groupTally(facts: GroupFacts) {
  const counts = noCounts();
  const courses = new Set<string>();
  const batches = new Set<string>();
  const hours = new Map<string, number>();
  let { firstAt, lastAt } = facts;

  const add = (item: FailedItemSummary) => {
    counts[item.state]++;
    if (item.firstAt < firstAt) firstAt = item.firstAt;
    if (item.lastAt > lastAt) lastAt = item.lastAt;
    if (item.courseId) courses.add(item.courseId);
    if (item.batchId) batches.add(item.batchId);
    if (isUnresolved(item.state)) addTo(hours, item.firstAt.slice(0, HOUR_LENGTH));
  };

  /** @param countedAt the moment as of which it was counted (ISO instant) */
  const group = (countedAt: string): FailedItemGroup => ({
    ...facts,
    ...{ counts: { ...counts }, firstAt, lastAt },
    ...{ courseIds: firstOf(courses), courseCount: courses.size },
    ...{ batchIds: firstOf(batches), batchCount: batches.size },
    hours: latestHours(hours, countedAt),
    countedAt,
  });

  return { add, group };
}

/** No item in any state. */
export function noCounts(): Record<FailedItemState, number> {
  return { open: 0, retrying: 0, unknown: 0, snoozed: 0, succeeded: 0, discarded: 0 };
}

/** The items of a group in these states, or in all. */
export function countOf(
  counts: FailedItemGroup['counts'],
  isCounted: (state: FailedItemState) => boolean = () => true,
): number {
  return FAILED_ITEM_STATES.filter(isCounted).reduce((sum, state) => sum + counts[state], 0);
}

function addTo(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}

const firstOf = (names: Set<string>) => [...names].sort().slice(0, MOST_NAMED);

function latestHours(hours: Map<string, number>, now: string): FailedItemGroup['hours'] {
  const earliest = new Date(Date.parse(now) - HOURS_SHOWN * HOUR_MS).toISOString().slice(0, HOUR_LENGTH);
  return [...hours]
    .filter(([hour]) => hour > earliest)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([hour, count]) => ({ from: `${hour}:00:00.000Z`, count }));
}
