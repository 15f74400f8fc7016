import { randomUUID } from 'node:crypto';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { writeIf } from '@/lib/server/write-if';

/** How long a claim holds without a sign of life, and how often its holder gives one. */
const LEASE_MS = 30_000;
const HEARTBEAT_MS = 8000;

const PLACE = { TableName: env.AUDIT_TABLE, Key: { lane: 'SEALING', eventKey: 'LEASE' } };

/** The right to seal, in the hands of this process. Losing it harms nothing: a seal is only written where there is none. */
export type SealingClaim = { isHeld: () => boolean; release: () => Promise<void> };

/**
 * Claims the right to seal.
 * @returns undefined where another process has it
 * @throws {AppError} what DynamoDB answered
 */
export async function claimSealing(requestId: string): Promise<SealingClaim | undefined> {
  const token = randomUUID();
  let heldUntil = Date.now() + LEASE_MS;
  if (!(await extend(token, heldUntil, requestId))) return undefined;
  const renew = async () => {
    const until = Date.now() + LEASE_MS;
    // A sign of life that did not arrive lets the claim grow older.
    if (await extend(token, until, requestId).catch(() => false)) heldUntil = until;
  };
  const timer = setInterval(() => void renew(), HEARTBEAT_MS);
  timer.unref();
  return {
    isHeld: () => Date.now() < heldUntil,
    release: async () => {
      clearInterval(timer);
      await extend(token, 0, requestId).catch(() => false);
    },
  };
}

async function extend(token: string, untilMs: number, requestId: string): Promise<boolean> {
  const command = new UpdateCommand({
    ...PLACE,
    UpdateExpression: 'SET leaseToken = :token, leasedUntil = :until',
    ConditionExpression: 'attribute_not_exists(leasedUntil) OR leasedUntil < :now OR leaseToken = :token',
    ExpressionAttributeValues: {
      ':token': token,
      ':until': new Date(untilMs).toISOString(),
      ':now': new Date().toISOString(),
    },
  });
  return writeIf(() => documentClient.send(command), { operation: 'claimSealing', requestId });
}
