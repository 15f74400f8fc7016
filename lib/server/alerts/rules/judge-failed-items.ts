import { readGroups } from '@/lib/server/failed-items/groups/read-groups';
import { type FailedItemGroups, failedItemFilterSchema } from '@/lib/shared/failed-item';
import type { Judgement } from '@/lib/shared/objective';

const RULE = {
  ...{ ruleId: 'failed-items-growing', title: 'Failed items growing', severity: 'ticket' as const },
  ...{ series: null, isKnown: true, pendingMs: 60_000, resolveMs: 60_000 },
};

const HOUR_MS = 3_600_000;

/** Fewer new ones than this are the daily business of whoever looks after them. */
const MANY = 100;

/**
 * Whether many items have failed within the last hour and are unresolved still.
 * @throws {AppError} what DynamoDB answered
 */
export async function judgeFailedItems(requestId: string): Promise<Judgement[]> {
  const found = await readGroups(failedItemFilterSchema.parse({}), requestId);
  const { fresh, unresolved } = numbersOf(found);
  const count = (value: number) => value.toLocaleString('en');
  return [
    {
      ...RULE,
      isBad: fresh >= MANY,
      sentence: `${count(fresh)} items failed in this hour and the one before and are unresolved; ${count(MANY)} are many.`,
      evidence: [
        { label: 'New and unresolved', value: count(fresh) },
        { label: 'Unresolved in all', value: count(unresolved) },
        { label: 'Causes', value: count(found.groups.length) },
      ],
    },
  ];
}

function numbersOf({ groups, totals }: FailedItemGroups) {
  const hours = groups.flatMap((group) => group.hours);
  const from = new Date(Date.now() - 2 * HOUR_MS).toISOString();
  const fresh = hours.filter((hour) => hour.from > from).reduce((sum, hour) => sum + hour.count, 0);
  const { open, retrying, unknown, snoozed } = totals;
  return { fresh, unresolved: open + retrying + unknown + snoozed };
}
