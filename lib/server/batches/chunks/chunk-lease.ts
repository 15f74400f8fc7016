import { randomUUID } from 'node:crypto';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { chunkPart } from '@/lib/server/batches/batch-item';
import { type ChunkState, toChunkState } from '@/lib/server/batches/chunks/chunk-state';
import { CALL_TIMEOUT_MS, documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { withRetry } from '@/lib/server/retry';
import { isConditionFailed } from '@/lib/server/stored-item';
import { AppError } from '@/lib/shared/app-error';

/** How long a claim holds without a sign of life, and how often its holder gives one. */
export const LEASE_MS = 10_000;
const HEARTBEAT_MS = 2000;

const CLOCK_DIFFERENCE_MS = 1000;

/**
 * A holder sends nothing in the last part of its lease: a call may be under way until it times out, and the clocks of two
 * machines may differ. So whoever takes over meets no write of the former holder any more.
 */
const SILENT_MS = CALL_TIMEOUT_MS + CLOCK_DIFFERENCE_MS;

/** What is done to a chunk: its rows are written, or taken back. Each has its own states. */
export type Purpose = 'write' | 'undo';

/** A chunk in the hands of this process. */
export type Claim = {
  chunk: ChunkState;
  leaseToken: string;
  /** False once the lease is too old to send anything under it. */
  mayWrite: () => boolean;
  /** Ends the signs of life. The lease itself ends with the commit, with `releaseChunk`, or by its time. */
  stop: () => void;
};

const STATE_ATTRIBUTE = { write: 'state', undo: 'undoState' } as const satisfies Record<Purpose, string>;

/** Undefined where somebody else was quicker. A chunk is free while nobody holds it or its holder gives no sign of life. */
export async function claimChunk(
  { batchId, chunk }: Pick<ChunkState, 'batchId' | 'chunk'>,
  purpose: Purpose,
  requestId: string,
): Promise<Claim | undefined> {
  const leaseToken = randomUUID();
  const now = Date.now();
  const command = new UpdateCommand({
    TableName: env.BATCHES_TABLE,
    Key: { batchId, part: chunkPart(chunk) },
    UpdateExpression:
      'SET #state = :leased, leaseToken = :token, leasedUntil = :until, ' +
      'firstClaimedAt = if_not_exists(firstClaimedAt, :now) ADD attempts :one',
    ConditionExpression: `${
      purpose === 'write' ? '#state = :waiting' : 'attribute_exists(part) AND attribute_not_exists(#state)'
    } OR (#state = :leased AND leasedUntil < :now) OR leaseToken = :token`,
    ExpressionAttributeNames: { '#state': STATE_ATTRIBUTE[purpose] },
    ExpressionAttributeValues: {
      ':leased': 'leased',
      ':token': leaseToken,
      ':until': instant(now + LEASE_MS),
      ':now': instant(now),
      ':one': 1,
      ...(purpose === 'write' ? { ':waiting': 'waiting' } : {}),
    },
    ReturnValues: 'ALL_NEW',
  });
  try {
    const { Attributes } = await withRetry(() => documentClient.send(command), {
      operation: 'claimChunk',
      requestId,
      maxRetries: env.MAX_RETRIES,
    });
    return hold(toChunkState(Attributes ?? {}), { leaseToken, until: now + LEASE_MS });
  } catch (thrown) {
    if (isRefused(thrown)) return undefined;
    throw thrown;
  }
}

/** Keeps the lease alive while its holder works. */
function hold(chunk: ChunkState, { leaseToken, until }: { leaseToken: string; until: number }): Claim {
  let leasedUntil = until;
  const timer = setInterval(async () => {
    const next = Date.now() + LEASE_MS;
    if (await extend(chunk, leaseToken, next)) leasedUntil = next;
  }, HEARTBEAT_MS);
  timer.unref();
  return {
    chunk,
    leaseToken,
    mayWrite: () => Date.now() < leasedUntil - SILENT_MS,
    stop: () => clearInterval(timer),
  };
}

/** A sign of life that did not arrive changes nothing: the lease then simply grows older. */
async function extend({ batchId, chunk }: ChunkState, leaseToken: string, until: number): Promise<boolean> {
  const command = new UpdateCommand({
    TableName: env.BATCHES_TABLE,
    Key: { batchId, part: chunkPart(chunk) },
    UpdateExpression: 'SET leasedUntil = :until',
    ConditionExpression: 'leaseToken = :token',
    ExpressionAttributeValues: { ':until': instant(until), ':token': leaseToken },
  });
  return documentClient.send(command).then(
    () => true,
    () => false,
  );
}

/** Gives a chunk back unfinished, for anybody to take. A release that does not arrive is made up for by time. */
export async function releaseChunk({ chunk, leaseToken }: Claim, purpose: Purpose): Promise<void> {
  const command = new UpdateCommand({
    TableName: env.BATCHES_TABLE,
    Key: { batchId: chunk.batchId, part: chunkPart(chunk.chunk) },
    UpdateExpression: `${purpose === 'write' ? 'SET #state = :waiting REMOVE' : 'REMOVE #state,'} leaseToken, leasedUntil`,
    ConditionExpression: 'leaseToken = :token',
    ExpressionAttributeNames: { '#state': STATE_ATTRIBUTE[purpose] },
    ExpressionAttributeValues: {
      ':token': leaseToken,
      ...(purpose === 'write' ? { ':waiting': 'waiting' } : {}),
    },
  });
  await documentClient.send(command).catch(() => undefined);
}

function isRefused(thrown: unknown): boolean {
  return isConditionFailed(thrown instanceof AppError ? thrown.cause : thrown);
}

function instant(epochMs: number): string {
  return new Date(epochMs).toISOString();
}
