import { type BatchItem, causeAttributes, chunkPart, resultsPart } from '@/lib/server/batches/batch-item';
import {
  CANCELLED_CODE,
  CANCELLED_TARGET,
  countOutcome,
  lettersOf,
  TARGET_LETTERS,
} from '@/lib/server/batches/bulk/target-ends';
import type { Claim } from '@/lib/server/batches/chunks/chunk-lease';
import { packJson } from '@/lib/server/batches/chunks/pack-json';
import { metaUpdate, rateUpdate } from '@/lib/server/batches/run/batch-progress';
import { sendCounted, type Write } from '@/lib/server/batches/run/counted-transaction';
import { classifyError } from '@/lib/server/classify-error';
import { env } from '@/lib/server/env';
import { commitOutcome } from '@/lib/server/metrics/commit-outcome';
import { recordOperation } from '@/lib/server/metrics/record-operation';
import { storedItem } from '@/lib/server/stored-item';
import type { TargetResult } from '@/lib/shared/batch';

export type TargetCommit = {
  batch: BatchItem;
  claim: Claim;
  /** Of the targets that come next in the chunk, in their order. */
  results: TargetResult[];
  /** How many targets behind these are cancelled; the chunk has then ended. */
  cancelled: number;
  requestId: string;
};

/** What a message may be at most: results of a few targets together must fit into one item. */
const LONGEST_MESSAGE = 1000;

/**
 * Records what came of a few targets in one transaction: how far the chunk has come, the results, and the numbers of the
 * batch. It happens only while this process still holds the chunk, so each target counts once.
 * @returns false where another process has taken the chunk over: then nothing of this attempt counts
 * @throws {AppError} where DynamoDB refused; nothing has happened then
 */
export function commitTargets(commit: TargetCommit): Promise<boolean> {
  const { requestId } = commit;
  return recordOperation('commit', { requestId, outcomeOf: commitOutcome }, () => commitOnce(commit));
}

async function commitOnce(commit: TargetCommit): Promise<boolean> {
  const { batch, claim, requestId } = commit;
  const { chunk } = claim;
  const next = progressOf(commit);
  const writes = [
    chunkUpdate(commit, next),
    metaWrite(commit),
    rateWrite(commit),
    ...(await resultsWrite(commit)),
  ];
  // Sent again after a lost answer, DynamoDB answers as the first time.
  const token = `${batch.batchId}#${chunk.chunk}#${chunk.doneTo}#${claim.leaseToken}`;
  try {
    await sendCounted(writes, [], { operation: 'commitTargets', requestId, token });
  } catch (thrown) {
    const error = classifyError(thrown);
    const stored = storedItem(error, 0);
    if (error.code !== 'CONDITIONAL_FAILED' || error.isRetryable || !stored) throw error;
    return false;
  }
  Object.assign(chunk, next);
  return true;
}

type ChunkProgress = { doneTo: number; outcomes: string };

function progressOf({ claim: { chunk }, results, cancelled }: TargetCommit): ChunkProgress {
  return {
    doneTo: chunk.doneTo + results.length,
    outcomes: `${chunk.outcomes ?? ''}${lettersOf(results)}${TARGET_LETTERS.cancelled.repeat(cancelled)}`,
  };
}

function chunkUpdate({ claim }: TargetCommit, { doneTo, outcomes }: ChunkProgress): Write {
  const { batchId, chunk, valid, doneTo: from } = claim.chunk;
  const isLast = outcomes.length === valid;
  return {
    Update: {
      TableName: env.BATCHES_TABLE,
      Key: { batchId, part: chunkPart(chunk) },
      UpdateExpression:
        'SET doneTo = :to, outcomes = :outcomes' +
        (isLast ? ', #state = :committed REMOVE leaseToken, leasedUntil' : ''),
      ConditionExpression: 'leaseToken = :token AND doneTo = :from',
      ...(isLast ? { ExpressionAttributeNames: { '#state': 'state' } } : {}),
      ExpressionAttributeValues: {
        ':to': doneTo,
        ':from': from,
        ':outcomes': outcomes,
        ':token': claim.leaseToken,
        ...(isLast ? { ':committed': 'committed' } : {}),
      },
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    },
  };
}

function metaWrite({ batch, results, cancelled }: TargetCommit): Write {
  const letters = lettersOf(results);
  const causes = results.flatMap(({ outcome, code, message }) =>
    outcome === 'succeeded'
      ? []
      : [{ ...causeAttributes(outcome, code ?? NOT_ELIGIBLE), text: shortened(message) }],
  );
  return metaUpdate(batch.batchId, {
    add: {
      succeeded: countOutcome(letters, 'succeeded'),
      skipped: countOutcome(letters, 'skipped') + cancelled,
      failed: countOutcome(letters, 'failed'),
      waiting: -(results.length + cancelled),
    },
    causes: [...causes, ...Array(cancelled).fill(CANCELLED_CAUSE)],
  });
}

/** Why a target was skipped that says no code of its own. */
const NOT_ELIGIBLE = 'NOT_ELIGIBLE';

const CANCELLED_CAUSE = { ...causeAttributes('skipped', CANCELLED_CODE), text: CANCELLED_TARGET };

function rateWrite({ batch, results, cancelled }: TargetCommit): Write {
  return rateUpdate(batch.batchId, {
    ended: results.length + cancelled,
    failed: countOutcome(lettersOf(results), 'failed'),
    sent: results.length,
    throttled: results.filter(({ code }) => code === 'THROTTLING').length,
  });
}

async function resultsWrite({ claim, results }: TargetCommit): Promise<Write[]> {
  if (results.length === 0) return [];
  const { batchId, chunk, doneTo } = claim.chunk;
  const packed = await packJson(results.map((result) => ({ ...result, message: shortened(result.message) })));
  return [
    { Put: { TableName: env.BATCHES_TABLE, Item: { batchId, part: resultsPart(chunk, doneTo), packed } } },
  ];
}

function shortened(message: string): string {
  return message.length > LONGEST_MESSAGE ? `${message.slice(0, LONGEST_MESSAGE - 1)}…` : message;
}
