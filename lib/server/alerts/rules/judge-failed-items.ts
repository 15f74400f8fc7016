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
 * Whether many items have failed lately and are unresolved still.
 * @throws {AppError} what DynamoDB answered
 */
export async function judgeFailedItems(requestId: string): Promise<Judgement[]> {
  return [judgeGrowth(await readGroups(failedItemFilterSchema.parse({}), requestId), Date.now())];
}

/** The same of groups that were read: those of this hour and the one before count. */
export function judgeGrowth(
  { groups, totals }: Pick<FailedItemGroups, 'groups' | 'totals'>,
  nowMs: number,
): Judgement {
  const from = new Date(nowMs - 2 * HOUR_MS).toISOString();
  const fresh = groups
    .flatMap(({ hours }) => hours)
    .filter((hour) => hour.from > from)
    .reduce((sum, { count }) => sum + count, 0);
  const { open, retrying, unknown, snoozed } = totals;
  const inWords = (value: number) => value.toLocaleString('en');
  return {
    ...RULE,
    isBad: fresh >= MANY,
    sentence: `${inWords(fresh)} items failed in this hour and the one before and are unresolved; ${MANY} are many.`,
    evidence: [
      { label: 'New and unresolved', value: inWords(fresh) },
      { label: 'Unresolved in all', value: inWords(open + retrying + unknown + snoozed) },
      { label: 'Causes', value: inWords(groups.length) },
    ],
  };
}
