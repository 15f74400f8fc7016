import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { classifyError } from '@/lib/server/classify-error';
import { checkPart } from '@/lib/server/consistency/run/check-part';
import { claimPart, holdUpPart, isFree, type PartClaim } from '@/lib/server/consistency/run/part-lease';
import { readParts } from '@/lib/server/consistency/run/read-run';
import { type RunPart, runPlace, statePlace } from '@/lib/server/consistency/run/run-item';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { log } from '@/lib/server/log';
import { withRetry } from '@/lib/server/retry';

/** Parts in the hands of one process at a time. */
const IN_HAND = 3;

type Working = { requestId: string; mayGoOn: () => boolean };

/**
 * Works on the free parts of a run until none is free, and ends the run where all are done. Any number of processes may work
 * on the same run. A part that is held up says why, and is tried again by the next round.
 * @returns whether the run has ended
 * @throws {AppError} what DynamoDB answered
 */
export async function workOnRun(runId: string, working: Working): Promise<boolean> {
  const hands = Array.from({ length: IN_HAND }, () => takeParts(runId, working));
  await Promise.all(hands);
  const parts = await readParts(runId, working.requestId);
  if (parts.length === 0 || parts.some(({ state }) => state !== 'done')) return false;
  await finishRun(runId, parts, working.requestId);
  return true;
}

async function takeParts(runId: string, working: Working): Promise<void> {
  while (working.mayGoOn()) {
    const claim = await claimFree(runId, working.requestId);
    if (!claim) return;
    try {
      await checkPart(claim, working);
    } catch (thrown) {
      await holdUp(claim, thrown, working.requestId);
    } finally {
      claim.stop();
    }
  }
}

async function claimFree(runId: string, requestId: string): Promise<PartClaim | undefined> {
  const free = (await readParts(runId, requestId)).filter(isFree);
  for (const part of free) {
    const claim = await claimPart(part, requestId);
    if (claim) return claim;
  }
  return undefined;
}

async function holdUp(claim: PartClaim, thrown: unknown, requestId: string): Promise<void> {
  const { code, message, cause } = classifyError(thrown);
  const { runId, part } = claim.part;
  log.warn('check held up, trying again', {
    requestId,
    operation: 'checkPart',
    runId,
    part,
    code,
    reason: message,
    cause,
  });
  // Where even that does not arrive, its lease ends by itself.
  await holdUpPart(claim, message, requestId).catch(() => undefined);
}

/** Ends a run once; a second end changes nothing. */
async function finishRun(runId: string, parts: RunPart[], requestId: string): Promise<void> {
  const sum = (numberOf: (part: RunPart) => number) =>
    parts.reduce((total, part) => total + numberOf(part), 0);
  const command = new TransactWriteCommand({
    TransactItems: [
      {
        Update: {
          ...runPlace(runId),
          UpdateExpression:
            'SET #state = :done, finishedAt = :now, checked = :checked, differences = :differences, unsettled = :unsettled',
          ConditionExpression: '#state = :running',
          ExpressionAttributeNames: { '#state': 'state' },
          ExpressionAttributeValues: {
            ':done': 'done',
            ':running': 'running',
            ':now': new Date().toISOString(),
            ':checked': sum(({ checked }) => checked),
            ':differences': sum(({ differences }) => differences),
            ':unsettled': sum(({ unsettled }) => unsettled),
          },
        },
      },
      {
        Update: {
          ...statePlace,
          UpdateExpression: 'REMOVE activeRunId',
          ConditionExpression: 'activeRunId = :runId',
          ExpressionAttributeValues: { ':runId': runId },
        },
      },
    ],
  });
  try {
    await withRetry(() => documentClient.send(command), {
      operation: 'finishCheck',
      requestId,
      maxRetries: env.MAX_RETRIES,
    });
  } catch (thrown) {
    const error = classifyError(thrown);
    if (error.code !== 'CONDITIONAL_FAILED' || error.isRetryable) throw error;
  }
}
