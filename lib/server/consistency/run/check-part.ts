import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { ALL_INVARIANTS } from '@/lib/server/consistency/invariants/all-invariants';
import type { Finding } from '@/lib/server/consistency/invariants/invariant';
import { paceCheck } from '@/lib/server/consistency/pace-check';
import { type PartClaim, releasePart, saveProgress } from '@/lib/server/consistency/run/part-lease';
import { differenceIdOf, differenceKey, type RunPart, runTtl } from '@/lib/server/consistency/run/run-item';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { writeIf } from '@/lib/server/write-if';
import { AppError } from '@/lib/shared/app-error';
import type { Difference } from '@/lib/shared/consistency';

/**
 * Checks a part piece by piece, from where its last holder stopped. Differences are stored before the progress is, so that
 * none is lost with the process; found again, a difference is the same.
 * @throws {AppError} what DynamoDB answered; the next holder goes on from the last piece
 */
export async function checkPart(
  claim: PartClaim,
  { requestId, mayGoOn }: { requestId: string; mayGoOn: () => boolean },
): Promise<void> {
  const { invariant, name } = claim.part;
  const work = ALL_INVARIANTS[invariant].parts.find((part) => part.name === name);
  if (!work) throw new AppError('SYSTEM_ERROR', `There is no part ${name} of ${invariant}`);
  const { segment, segments, check } = work;
  let part: RunPart | undefined = claim.part;
  while (part && part.state !== 'done') {
    if (!mayGoOn()) return releasePart(claim, requestId);
    const checked = await check({ cursor: part.cursor, segment, segments, requestId });
    for (const finding of checked.found) await storeDifference(part, finding, requestId);
    part = await saveProgress({ ...claim, part }, checked, requestId);
    await paceCheck(checked.read);
  }
}

async function storeDifference(
  { runId, invariant }: RunPart,
  { target, expected, found, repair, advice }: Finding,
  requestId: string,
): Promise<void> {
  const differenceId = differenceIdOf(invariant, target);
  const difference: Difference = {
    ...{ differenceId, runId, invariant, target, expected, found, repair, advice },
    state: 'open',
    foundAt: new Date().toISOString(),
    repairedAt: null,
    repairedBy: null,
  };
  const command = new PutCommand({
    TableName: env.CONSISTENCY_TABLE,
    Item: { ...difference, part: differenceKey(differenceId), ttl: runTtl() },
    // What was repaired meanwhile stays so.
    ConditionExpression: 'attribute_not_exists(part)',
  });
  await writeIf(() => documentClient.send(command), { operation: 'storeDifference', requestId });
}
