import type { Write } from '@/lib/server/batches/run/counted-transaction';
import { confirmFindings } from '@/lib/server/consistency/confirm-finding';
import {
  type Checked,
  type Finding,
  type Invariant,
  type Piece,
  type RepairPlan,
  segmented,
} from '@/lib/server/consistency/invariants/invariant';
import { queryStored, readStored } from '@/lib/server/consistency/read-stored';
import { env } from '@/lib/server/env';
import { itemPlace } from '@/lib/server/failed-items/failed-item';
import { countGroup } from '@/lib/server/failed-items/groups/count-group';
import { GROUPS_ORIGIN, MARKS_ORIGIN, toGroup } from '@/lib/server/failed-items/groups/group-item';
import type { Difference } from '@/lib/shared/consistency';
import { FAILED_ITEM_STATES, type FailedItemGroup } from '@/lib/shared/failed-item';

/**
 * The counts of each group of failed items are those of its items. Checked group by group, where no new count is asked for
 * already; a difference shows both counts, and is repaired by replacing the stored one.
 */
export const groupCounts: Invariant = {
  name: 'group-counts',
  parts: segmented('groups', 1, checkGroups),
  plan: planGroup,
};

async function checkGroups({ requestId }: Piece): Promise<Checked> {
  const query = {
    TableName: env.FAILED_ITEMS_TABLE,
    KeyConditionExpression: 'origin = :groups',
    ExpressionAttributeValues: { ':groups': GROUPS_ORIGIN },
  };
  const fingerprints: string[] = [];
  for await (const items of queryStored(query, requestId)) {
    fingerprints.push(...items.map(({ itemKey }) => String(itemKey)));
  }
  let read = fingerprints.length;
  const looks = fingerprints.map((fingerprint) => async () => {
    const look = await lookAtGroup(fingerprint, requestId);
    read += look?.items ?? 0;
    return look?.finding;
  });
  const confirmed = await confirmFindings(looks);
  return { ...confirmed, cursor: null, checked: fingerprints.length, read };
}

type Look = {
  finding: Finding | undefined;
  items: number;
  stored: FailedItemGroup;
  counted: FailedItemGroup;
};

/** Undefined where the group is gone, or is to be counted again anyway. */
async function lookAtGroup(fingerprint: string, requestId: string): Promise<Look | undefined> {
  const read = (origin: string) =>
    readStored(env.FAILED_ITEMS_TABLE, { origin, itemKey: fingerprint }, requestId);
  const item = await read(GROUPS_ORIGIN);
  if (!item) return undefined;
  const stored = toGroup(item);
  const counted = await countGroup(stored, requestId);
  if (await read(MARKS_ORIGIN)) return undefined;
  const expected = countsText(counted);
  const found = countsText(stored);
  const repair = 'Replaces the counts of the group by those of its items';
  return {
    finding: expected === found ? undefined : { target: fingerprint, expected, found, repair, advice: null },
    items: Object.values(counted.counts).reduce((sum, count) => sum + count, 0),
    stored,
    counted,
  };
}

function countsText({ counts }: FailedItemGroup): string {
  const set = FAILED_ITEM_STATES.filter((state) => counts[state] > 0);
  return set.length === 0 ? 'none' : set.map((state) => `${counts[state]} ${state}`).join(', ');
}

async function planGroup({ target, found }: Difference, requestId: string): Promise<RepairPlan> {
  const look = await lookAtGroup(target, requestId);
  if (!look?.finding)
    return { kind: 'gone', message: 'The counts are right by now, or about to be counted again' };
  if (look.finding.found !== found) {
    return { kind: 'changed', message: 'The counts have changed since: check again' };
  }
  const { finding, stored, counted } = look;
  const writes = [replaceCounts(stored, counted)];
  return { kind: 'repair', before: finding.found, after: finding.expected, writes };
}

function replaceCounts(stored: FailedItemGroup, counted: FailedItemGroup): Write {
  return {
    Update: {
      ...itemPlace({ origin: GROUPS_ORIGIN, itemKey: stored.fingerprint }),
      UpdateExpression: 'SET #counts = :counts, countedAt = :now',
      ConditionExpression: 'countedAt = :seen',
      ExpressionAttributeNames: { '#counts': 'counts' },
      ExpressionAttributeValues: {
        ':counts': counted.counts,
        ':now': counted.countedAt,
        ':seen': stored.countedAt,
      },
    },
  };
}
