import { SEAL_AFTER_MS } from '@/lib/server/audit-log/event-writes';
import { readShardPlan } from '@/lib/server/audit-log/lanes/shard-plan';
import { planMoreLanes } from '@/lib/server/audit-log/seals/plan-more-lanes';
import { postAnchor } from '@/lib/server/audit-log/seals/post-anchor';
import { sealHour } from '@/lib/server/audit-log/seals/seal-hour';
import { newestSeal } from '@/lib/server/audit-log/seals/seal-item';
import { claimSealing, type SealingClaim } from '@/lib/server/audit-log/seals/sealing-lease';
import { signingKey } from '@/lib/server/audit-log/seals/signing-key';
import { log } from '@/lib/server/log';
import { processState } from '@/lib/server/process-state';
import { hourOf, hourStart, hoursAfter } from '@/lib/shared/audit-hour';

const said = processState('saidNotSealing', () => ({ once: false }));

type Options = { mayGoOn?: () => boolean };

/**
 * Seals every hour that is over, oldest first and without a gap, and tells the newest seal to the outside. One process at a
 * time does it; without a signing key nobody does.
 * @returns how many hours were sealed
 * @throws {AppError} what DynamoDB answered; the next round goes on there
 */
export async function sealHours(requestId: string, { mayGoOn = () => true }: Options = {}): Promise<number> {
  const key = signingKey();
  if (!key) {
    if (!said.once) log.warn('audit trail is not sealed: AUDIT_SIGNING_KEY is missing', { requestId });
    said.once = true;
    return 0;
  }
  const last = lastClosedHour();
  const before = await newestSeal(requestId);
  if (before && before.hour >= last) {
    await postAnchor(before, requestId);
    return 0;
  }
  const claim = await claimSealing(requestId);
  if (!claim) return 0;
  try {
    return await sealUpTo(last, { claim, key, requestId, mayGoOn });
  } finally {
    await claim.release();
  }
}

/** The newest hour that takes no more events of its own. */
export function lastClosedHour(): string {
  return hoursAfter(hourOf(new Date(Date.now() - SEAL_AFTER_MS).toISOString()), -1);
}

/** When the hour of an event is sealed, or its seal is to be expected. */
export function sealedFrom(hour: string): string {
  return new Date(Date.parse(hourStart(hoursAfter(hour, 1))) + SEAL_AFTER_MS).toISOString();
}

type Work = {
  claim: SealingClaim;
  key: NonNullable<ReturnType<typeof signingKey>>;
  requestId: string;
  mayGoOn: () => boolean;
};

async function sealUpTo(last: string, { claim, key, requestId, mayGoOn }: Work): Promise<number> {
  const { firstHour } = await readShardPlan(requestId);
  // Read again under the claim: somebody else may have sealed meanwhile.
  let previous = await newestSeal(requestId);
  let sealed = 0;
  while (mayGoOn() && claim.isHeld()) {
    const hour: string = previous ? hoursAfter(previous.hour, 1) : firstHour;
    if (hour > last) break;
    previous = await sealHour({ hour, previous, key, requestId });
    sealed += 1;
  }
  if (sealed > 0 && previous) {
    log.info('audit hours sealed', { requestId, operation: 'sealHours', sealed, newest: previous.hour });
    await planMoreLanes(previous.hour, requestId);
    await postAnchor(previous, requestId);
  }
  return sealed;
}
