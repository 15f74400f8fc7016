import { queryStored, readStored } from '@/lib/server/consistency/read-stored';
import {
  META,
  PART_PREFIX,
  type RunPart,
  statePlace,
  stateSchema,
  toCheckRun,
  toRunPart,
} from '@/lib/server/consistency/run/run-item';
import { env } from '@/lib/server/env';
import { AppError } from '@/lib/shared/app-error';
import type { CheckRun } from '@/lib/shared/consistency';

/**
 * Reads a run.
 * @throws {AppError} NOT_FOUND, or what DynamoDB answered
 */
export async function readRun(runId: string, requestId: string): Promise<CheckRun> {
  const item = await readStored(env.CONSISTENCY_TABLE, { runId, part: META }, requestId);
  if (!item) throw new AppError('NOT_FOUND', `There is no check ${runId}`);
  return toCheckRun(item);
}

/** The parts of a run, in no particular order. */
export async function readParts(runId: string, requestId: string): Promise<RunPart[]> {
  const parts: RunPart[] = [];
  const query = {
    TableName: env.CONSISTENCY_TABLE,
    KeyConditionExpression: 'runId = :runId AND begins_with(part, :prefix)',
    ExpressionAttributeValues: { ':runId': runId, ':prefix': PART_PREFIX },
    ConsistentRead: true,
  };
  for await (const items of queryStored(query, requestId)) parts.push(...items.map(toRunPart));
  return parts;
}

/** Which run is at work, and when the last one began. */
export async function readRunState(requestId: string) {
  const { TableName, Key } = statePlace;
  return stateSchema.parse((await readStored(TableName, Key, requestId)) ?? {});
}
