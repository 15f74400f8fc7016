import { queryStored, readStored } from '@/lib/server/consistency/read-stored';
import { repairDifference } from '@/lib/server/consistency/repair/repair-difference';
import { readRun } from '@/lib/server/consistency/run/read-run';
import { differenceKey, toDifference } from '@/lib/server/consistency/run/run-item';
import { env } from '@/lib/server/env';
import { AppError } from '@/lib/shared/app-error';
import {
  type Difference,
  type InvariantName,
  MOST_REPAIRS,
  type RepairAnswer,
  type RepairRequest,
} from '@/lib/shared/consistency';
import type { Author } from '@/lib/shared/session';

/** Differences repaired beside each other. */
const BESIDE = 5;

type Repairing = { author: Author & { name: string }; requestId: string };

/**
 * Repairs differences of a check, or all open ones of a rule, up to the most of one request; a dry run only says what would
 * happen. Repairing again repairs nothing twice.
 * @throws {AppError} NOT_FOUND, or what DynamoDB answered before anything was repaired
 */
export async function repairDifferences(
  runId: string,
  { differenceIds, invariant, dryRun }: RepairRequest,
  repairing: Repairing,
): Promise<RepairAnswer> {
  await readRun(runId, repairing.requestId);
  const all = differenceIds
    ? await readDifferences(runId, differenceIds, repairing.requestId)
    : await openDifferences(runId, invariant, repairing.requestId);
  const chosen = all.slice(0, MOST_REPAIRS);
  const outcomes: RepairAnswer['outcomes'] = [];
  for (let start = 0; start < chosen.length; start += BESIDE) {
    const group = chosen.slice(start, start + BESIDE);
    const repair = (difference: Difference) => repairDifference(difference, { ...repairing, dryRun });
    outcomes.push(...(await Promise.all(group.map(repair))));
  }
  return { outcomes, left: all.length - chosen.length };
}

async function readDifferences(runId: string, ids: string[], requestId: string): Promise<Difference[]> {
  const read = async (differenceId: string) => {
    const key = { runId, part: differenceKey(differenceId) };
    const item = await readStored(env.CONSISTENCY_TABLE, key, requestId);
    if (!item) throw new AppError('NOT_FOUND', `This check found no difference ${differenceId}`);
    return toDifference(item);
  };
  return Promise.all([...new Set(ids)].map(read));
}

/** The differences of a rule that are open and can be repaired. */
async function openDifferences(
  runId: string,
  invariant: InvariantName | undefined,
  requestId: string,
): Promise<Difference[]> {
  const query = {
    TableName: env.CONSISTENCY_TABLE,
    KeyConditionExpression: 'runId = :runId AND begins_with(part, :prefix)',
    ExpressionAttributeValues: { ':runId': runId, ':prefix': differenceKey(`${invariant}#`) },
    ConsistentRead: true,
  };
  const open: Difference[] = [];
  for await (const items of queryStored(query, requestId)) {
    const differences = items.map(toDifference);
    open.push(...differences.filter(({ state, repair }) => state === 'open' && repair !== null));
  }
  return open;
}
