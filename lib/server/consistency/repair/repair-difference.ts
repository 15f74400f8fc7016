import { writeWithEvent } from '@/lib/server/audit-log/write-with-event';
import type { Write } from '@/lib/server/batches/run/counted-transaction';
import { classifyError } from '@/lib/server/classify-error';
import { ALL_INVARIANTS } from '@/lib/server/consistency/invariants/all-invariants';
import type { RepairPlan } from '@/lib/server/consistency/invariants/invariant';
import { repairEvent } from '@/lib/server/consistency/repair/repair-event';
import { differenceKey, runPlace } from '@/lib/server/consistency/run/run-item';
import { log } from '@/lib/server/log';
import { refusalAt } from '@/lib/server/stored-item';
import { type Difference, INVARIANT_TEXTS, type RepairOutcome } from '@/lib/shared/consistency';
import type { Author } from '@/lib/shared/session';

type Repairing = { author: Author & { name: string }; requestId: string; dryRun: boolean };

type Repair = Extract<RepairPlan, { kind: 'repair' }>;

/**
 * Repairs one difference, or says what that would do. The data is looked at again first, and only changed while it is what
 * was seen; change, end of the difference and audit event are one transaction. Asking again answers that it was repaired.
 * Never throws: a repair that DynamoDB refused is an outcome.
 */
export async function repairDifference(difference: Difference, repairing: Repairing): Promise<RepairOutcome> {
  const { differenceId, target, expected: after, found: before } = difference;
  const answer = { differenceId, target, before, after };
  if (difference.state === 'repaired') {
    return { ...answer, outcome: 'repaired', message: 'It was repaired before' };
  }
  if (difference.repair === null) {
    return { ...answer, outcome: 'not_repairable', message: difference.advice ?? 'Look at it yourself' };
  }
  try {
    const plan = await ALL_INVARIANTS[difference.invariant].plan(difference, repairing.requestId);
    if (plan.kind !== 'repair') return { ...answer, outcome: plan.kind, message: plan.message };
    const planned = { ...answer, before: plan.before, after: plan.after };
    if (repairing.dryRun) return { ...planned, outcome: 'planned', message: previewOf(difference) };
    return { ...planned, ...(await carryOut(difference, plan, repairing)) };
  } catch (thrown) {
    const { code, message, cause } = classifyError(thrown);
    const { requestId } = repairing;
    log.warn('repair refused', { requestId, operation: 'repairDifference', differenceId, code, cause });
    return { ...answer, outcome: 'failed', message };
  }
}

function previewOf({ repair, invariant }: Difference): string {
  return `${repair ?? 'Repairs it'}. ${INVARIANT_TEXTS[invariant].safety}`;
}

async function carryOut(
  difference: Difference,
  plan: Repair,
  { author, requestId }: Repairing,
): Promise<Pick<RepairOutcome, 'outcome' | 'message'>> {
  await plan.run?.();
  const time = new Date().toISOString();
  const { before, after } = plan;
  const event = repairEvent({ difference, author, requestId, time, before, after });
  const writes = [...plan.writes, ...endWrites(difference, { author, time })];
  try {
    const isInTrail = await writeWithEvent({ writes, event, operation: 'repairDifference', requestId });
    return { outcome: 'repaired', message: isInTrail ? 'Repaired' : EVENT_FOLLOWS };
  } catch (thrown) {
    return refusedOutcome(thrown, plan.writes.length);
  }
}

const EVENT_FOLLOWS =
  'Repaired. The audit table refused the event: it is kept, and written as soon as it can be.';

function endWrites(
  { runId, differenceId }: Difference,
  { author, time }: { author: Author & { name: string }; time: string },
): Write[] {
  const { id, role, department, name } = author;
  return [
    {
      Update: {
        ...runPlace(runId, differenceKey(differenceId)),
        UpdateExpression: 'SET #state = :repaired, repairedAt = :now, repairedBy = :author',
        ConditionExpression: '#state = :open',
        ExpressionAttributeNames: { '#state': 'state' },
        ExpressionAttributeValues: {
          ':repaired': 'repaired',
          ':open': 'open',
          ':now': time,
          ':author': { id, role, department, name },
        },
      },
    },
    {
      Update: {
        ...runPlace(runId),
        UpdateExpression: 'ADD repaired :one',
        ExpressionAttributeValues: { ':one': 1 },
      },
    },
  ];
}

/**
 * A refused condition is this very repair, done by somebody else or by an attempt whose answer was lost, or data that has
 * changed since it was looked at.
 */
function refusedOutcome(thrown: unknown, endAt: number): Pick<RepairOutcome, 'outcome' | 'message'> {
  if (refusalAt(thrown, endAt) === 'ConditionalCheckFailed') {
    return { outcome: 'repaired', message: 'It was repaired before' };
  }
  const isRefused = Array.from({ length: endAt }, (_, at) => refusalAt(thrown, at)).includes(
    'ConditionalCheckFailed',
  );
  if (!isRefused) throw thrown;
  return { outcome: 'changed', message: 'Somebody changed it in this moment: check again' };
}
