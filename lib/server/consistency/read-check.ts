import * as z from 'zod';
import { readParts, readRun } from '@/lib/server/consistency/run/read-run';
import {
  DIFFERENCE_PREFIX,
  differenceKey,
  type RunPart,
  toDifference,
} from '@/lib/server/consistency/run/run-item';
import { decodeCursor, encodeCursor } from '@/lib/server/cursor';
import { env } from '@/lib/server/env';
import { queryPage } from '@/lib/server/query-page';
import type { Page } from '@/lib/shared/api';
import {
  type CheckRunDetail,
  type CheckRunQuery,
  type Difference,
  INVARIANTS,
  type InvariantName,
  type InvariantProgress,
} from '@/lib/shared/consistency';

const cursorSchema = z.object({ part: z.string() });

/**
 * A check with the progress of each rule, its numbers as of now, and one page of its differences.
 * @throws {AppError} NOT_FOUND, or what DynamoDB answered
 */
export async function readCheck(
  runId: string,
  query: CheckRunQuery,
  requestId: string,
): Promise<CheckRunDetail> {
  const run = await readRun(runId, requestId);
  const parts = await readParts(runId, requestId);
  const invariants = INVARIANTS.map((invariant) => progressOf(invariant, parts));
  const sum = (name: 'checked' | 'differences' | 'unsettled') =>
    invariants.reduce((total, progress) => total + progress[name], 0);
  return {
    run: { ...run, checked: sum('checked'), differences: sum('differences'), unsettled: sum('unsettled') },
    invariants,
    differences: await listDifferences(runId, query, requestId),
  };
}

function progressOf(invariant: InvariantName, all: RunPart[]): InvariantProgress {
  const parts = all.filter((part) => part.invariant === invariant);
  const sum = (name: 'checked' | 'differences' | 'unsettled') =>
    parts.reduce((total, part) => total + part[name], 0);
  return {
    invariant,
    state: stateOf(parts),
    checked: sum('checked'),
    differences: sum('differences'),
    unsettled: sum('unsettled'),
    parts: parts.length,
    partsDone: parts.filter(({ state }) => state === 'done').length,
    problem: parts.find(({ problem }) => problem !== null)?.problem ?? null,
  };
}

function stateOf(parts: RunPart[]): InvariantProgress['state'] {
  if (parts.every(({ state }) => state === 'done')) return 'done';
  return parts.every(({ state, cursor }) => state === 'waiting' && cursor === null) ? 'waiting' : 'running';
}

/** One page of the differences of a check, by rule and target. */
export async function listDifferences(
  runId: string,
  { invariant, cursor, limit }: CheckRunQuery,
  requestId: string,
): Promise<Page<Difference>> {
  const prefix = invariant ? differenceKey(`${invariant}#`) : DIFFERENCE_PREFIX;
  const { items, lastItem } = await queryPage(
    {
      TableName: env.CONSISTENCY_TABLE,
      KeyConditionExpression: 'runId = :runId AND begins_with(part, :prefix)',
      ExpressionAttributeValues: { ':runId': runId, ':prefix': prefix },
      ConsistentRead: true,
      ...(cursor ? { ExclusiveStartKey: { runId, ...decodeCursor(cursor, cursorSchema) } } : {}),
    },
    { operation: 'listDifferences', requestId, limit },
  );
  return {
    items: items.map(toDifference),
    cursor: lastItem ? encodeCursor({ part: String(lastItem.part) }) : null,
  };
}
