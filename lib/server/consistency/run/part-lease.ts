import { randomUUID } from 'node:crypto';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Checked } from '@/lib/server/consistency/invariants/invariant';
import { type RunPart, runPlace, toRunPart } from '@/lib/server/consistency/run/run-item';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { withRetry } from '@/lib/server/retry';
import { isConditionFailed } from '@/lib/server/stored-item';
import { AppError } from '@/lib/shared/app-error';

/** How long a claim of a part holds without a sign of life, and how often its holder gives one. */
const LEASE_MS = 30_000;
const HEARTBEAT_MS = 8000;

/** How long a part that was held up is left alone. */
const HELD_UP_MS = 5000;

/** A part of a run in the hands of this process. */
export type PartClaim = { part: RunPart; leaseToken: string; stop: () => void };

const leasedUntil = (ms: number) => new Date(Date.now() + ms).toISOString();

/** Whether nobody works on a part: it waits, or its holder gives no sign of life. */
export function isFree({ state, leasedUntil: until = '' }: RunPart): boolean {
  return state === 'waiting' || (state === 'leased' && until < new Date().toISOString());
}

/** Undefined where somebody else was quicker. */
export async function claimPart(part: RunPart, requestId: string): Promise<PartClaim | undefined> {
  const leaseToken = randomUUID();
  const claimed = await update(
    part,
    {
      UpdateExpression: 'SET #state = :leased, leaseToken = :token, leasedUntil = :until',
      ConditionExpression:
        '#state = :waiting OR (#state = :leased AND leasedUntil < :now) OR leaseToken = :token',
      ExpressionAttributeValues: {
        ':leased': 'leased',
        ':waiting': 'waiting',
        ':token': leaseToken,
        ':until': leasedUntil(LEASE_MS),
        ':now': leasedUntil(0),
      },
    },
    requestId,
  );
  return claimed && hold(claimed, leaseToken, requestId);
}

/** A sign of life that did not arrive changes nothing: the lease then simply grows older. */
function hold(part: RunPart, leaseToken: string, requestId: string): PartClaim {
  const timer = setInterval(() => {
    extend(part, { leaseToken, ms: LEASE_MS, problem: null }, requestId).catch(() => undefined);
  }, HEARTBEAT_MS);
  timer.unref();
  return { part, leaseToken, stop: () => clearInterval(timer) };
}

/**
 * Notes that a piece has been checked, and where the next begins.
 * @returns the part as it stands, or undefined where somebody else has taken it over: then nothing is noted
 */
export function saveProgress(
  { part, leaseToken }: PartClaim,
  { cursor, checked, found, unsettled }: Checked,
  requestId: string,
): Promise<RunPart | undefined> {
  const isDone = cursor === null;
  return update(
    part,
    {
      UpdateExpression: `SET #state = :state, #cursor = :cursor, problem = :none${
        isDone ? '' : ', leasedUntil = :until'
      }${isDone ? ' REMOVE leaseToken, leasedUntil' : ''} ADD checked :checked, differences :found, unsettled :unsettled`,
      // A piece is noted once: sent again after a lost answer, it meets its own cursor.
      ConditionExpression: 'leaseToken = :token AND #cursor = :before',
      ExpressionAttributeNames: { '#state': 'state', '#cursor': 'cursor' },
      ExpressionAttributeValues: {
        ':state': isDone ? 'done' : 'leased',
        ':cursor': cursor,
        ':before': part.cursor,
        ':none': null,
        ':checked': checked,
        ':found': found.length,
        ':unsettled': unsettled,
        ':token': leaseToken,
        ...(isDone ? {} : { ':until': leasedUntil(LEASE_MS) }),
      },
    },
    requestId,
  );
}

/** Gives a part back unfinished, for anybody to take at once. */
export async function releasePart({ part, leaseToken }: PartClaim, requestId: string): Promise<void> {
  await extend(part, { leaseToken, ms: 0, problem: null }, requestId);
}

/** Leaves a part alone for a moment, and says on it why. */
export async function holdUpPart(
  { part, leaseToken }: PartClaim,
  problem: string,
  requestId: string,
): Promise<void> {
  await extend(part, { leaseToken, ms: HELD_UP_MS, problem }, requestId);
}

type Extension = { leaseToken: string; ms: number; problem: string | null };

function extend(part: RunPart, { leaseToken, ms, problem }: Extension, requestId: string) {
  return update(
    part,
    {
      UpdateExpression: 'SET leasedUntil = :until, problem = :problem',
      ConditionExpression: 'leaseToken = :token',
      ExpressionAttributeNames: {},
      ExpressionAttributeValues: { ':until': leasedUntil(ms), ':token': leaseToken, ':problem': problem },
    },
    requestId,
  );
}

type Change = {
  UpdateExpression: string;
  ConditionExpression: string;
  ExpressionAttributeNames?: Record<string, string>;
  ExpressionAttributeValues: Record<string, unknown>;
};

/** Undefined where the condition refused. */
async function update(part: RunPart, change: Change, requestId: string): Promise<RunPart | undefined> {
  const { ExpressionAttributeNames = { '#state': 'state' } } = change;
  const hasNames = Object.keys(ExpressionAttributeNames).length > 0;
  const { ExpressionAttributeNames: _names, ...rest } = change;
  const command = new UpdateCommand({
    ...runPlace(part.runId, part.part),
    ...rest,
    ...(hasNames ? { ExpressionAttributeNames } : {}),
    ReturnValues: 'ALL_NEW',
  });
  try {
    const { Attributes = {} } = await withRetry(() => documentClient.send(command), {
      operation: 'checkPart',
      requestId,
      maxRetries: env.MAX_RETRIES,
    });
    return toRunPart(Attributes);
  } catch (thrown) {
    if (isConditionFailed(thrown instanceof AppError ? thrown.cause : thrown)) return undefined;
    throw thrown;
  }
}
