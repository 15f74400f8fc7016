import { randomUUID } from 'node:crypto';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { type HoldItem, holdPlace } from '@/lib/server/audit-log/legal-hold/hold-item';
import { documentClient } from '@/lib/server/dynamodb';
import { writeIf } from '@/lib/server/write-if';

/** How long a claim holds without a sign of life, and how often its holder gives one. */
const LEASE_MS = 30_000;
const HEARTBEAT_MS = 8000;

const leasedUntil = () => new Date(Date.now() + LEASE_MS).toISOString();

/** A walk in the hands of this process. */
export type WalkClaim = { leaseToken: string; stop: () => void };

/** Undefined where somebody else walks, or the hold has changed. */
export async function claimWalk({ changeId }: HoldItem, requestId: string): Promise<WalkClaim | undefined> {
  const leaseToken = randomUUID();
  const isClaimed = await update(
    {
      UpdateExpression: 'SET leaseToken = :token, leasedUntil = :until',
      ConditionExpression:
        'changeId = :change AND (attribute_not_exists(leasedUntil) OR leasedUntil < :now OR leaseToken = :token)',
      ExpressionAttributeValues: {
        ':token': leaseToken,
        ':until': leasedUntil(),
        ':now': new Date().toISOString(),
        ':change': changeId,
      },
    },
    requestId,
  );
  return isClaimed ? { leaseToken, stop: signsOfLife(leaseToken, requestId) } : undefined;
}

/** A sign of life that did not arrive changes nothing: the lease then simply grows older. */
function signsOfLife(leaseToken: string, requestId: string): () => void {
  const change = () => ({
    UpdateExpression: 'SET leasedUntil = :until',
    ConditionExpression: 'leaseToken = :token',
    ExpressionAttributeValues: { ':until': leasedUntil(), ':token': leaseToken },
  });
  const timer = setInterval(() => update(change(), requestId).catch(() => undefined), HEARTBEAT_MS);
  timer.unref();
  return () => clearInterval(timer);
}

/**
 * Notes how far the walk has come; at its end, or where it must wait, anybody may take it up.
 * @returns false where somebody else walks now, or the hold has changed
 */
export function saveWalk(
  { changeId }: HoldItem,
  { leaseToken, nextHour }: { leaseToken: string; nextHour: string | null },
  requestId: string,
): Promise<boolean> {
  return update(
    {
      UpdateExpression: 'SET nextHour = :next, leasedUntil = :until',
      ConditionExpression: 'changeId = :change AND leaseToken = :token',
      ExpressionAttributeValues: {
        ':next': nextHour,
        ':until': leasedUntil(),
        ':token': leaseToken,
        ':change': changeId,
      },
    },
    requestId,
  );
}

type Change = {
  UpdateExpression: string;
  ConditionExpression: string;
  ExpressionAttributeValues: Record<string, unknown>;
};

/** False where the condition refused. */
async function update(change: Change, requestId: string): Promise<boolean> {
  const command = new UpdateCommand({ ...holdPlace, ...change });
  return writeIf(() => documentClient.send(command), { operation: 'walkLegalHold', requestId });
}
