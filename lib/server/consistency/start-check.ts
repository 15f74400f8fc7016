import { randomUUID } from 'node:crypto';
import { writeWithEvent } from '@/lib/server/audit-log/write-with-event';
import type { Write } from '@/lib/server/batches/run/counted-transaction';
import { classifyError } from '@/lib/server/classify-error';
import { checkEvent } from '@/lib/server/consistency/check-event';
import { ALL_INVARIANTS } from '@/lib/server/consistency/invariants/all-invariants';
import { readRun, readRunState } from '@/lib/server/consistency/run/read-run';
import { META, partKey, RUNS, type RunPart, runTtl, statePlace } from '@/lib/server/consistency/run/run-item';
import { env } from '@/lib/server/env';
import { type CheckRun, INVARIANTS, type Trigger } from '@/lib/shared/consistency';
import type { Author } from '@/lib/shared/session';

type Start = {
  trigger: Trigger;
  startedBy: Author & { name: string };
  /** Only where no run has begun since (ISO instant); of a schedule. */
  unlessSince?: string;
};

/**
 * Begins a check of everything, for any process to work on. Only one is at work at a time: where there is one, it is answered.
 * @returns undefined where `unlessSince` says that none is due, or one has begun and ended in this moment
 * @throws {AppError} where DynamoDB refused
 */
export async function startCheck(start: Start, requestId: string): Promise<CheckRun | undefined> {
  const { activeRunId, lastStartedAt = '' } = await readRunState(requestId);
  if (activeRunId) return whatIsAtWork(activeRunId, start, requestId);
  if (start.unlessSince !== undefined && lastStartedAt >= start.unlessSince) return undefined;
  const run = newRun(start);
  try {
    const event = checkEvent(run, requestId);
    await writeWithEvent({ writes: startWrites(run, start), event, operation: 'startCheck', requestId });
    return run;
  } catch (thrown) {
    const error = classifyError(thrown);
    if (error.code !== 'CONDITIONAL_FAILED' || error.isRetryable) throw error;
    // Somebody else has begun one in this moment.
    const now = await readRunState(requestId);
    return whatIsAtWork(now.activeRunId, start, requestId);
  }
}

async function whatIsAtWork(
  activeRunId: string | undefined,
  { unlessSince }: Start,
  requestId: string,
): Promise<CheckRun | undefined> {
  if (unlessSince !== undefined || activeRunId === undefined) return undefined;
  return readRun(activeRunId, requestId);
}

function newRun({ trigger, startedBy }: Start): CheckRun {
  const { id, role, department, name } = startedBy;
  return {
    runId: `check_${randomUUID()}`,
    state: 'running',
    trigger,
    startedBy: { id, role, department, name },
    createdAt: new Date().toISOString(),
    finishedAt: null,
    ...{ checked: 0, differences: 0, repaired: 0, unsettled: 0 },
  };
}

function startWrites(run: CheckRun, { unlessSince }: Start): Write[] {
  const { runId, createdAt } = run;
  const ttl = runTtl();
  const put = (item: Record<string, unknown>): Write => ({
    Put: { TableName: env.CONSISTENCY_TABLE, Item: { ...item, ttl } },
  });
  return [
    { Update: stateUpdate(run, unlessSince) },
    put({ ...run, part: META }),
    put({ runId: RUNS, part: `${createdAt}#${runId}`, listedRunId: runId }),
    ...newParts(runId).map(put),
  ];
}

function stateUpdate({ runId, createdAt }: CheckRun, unlessSince: string | undefined) {
  return {
    ...statePlace,
    UpdateExpression: 'SET activeRunId = :runId, lastStartedAt = :now',
    ConditionExpression: `attribute_not_exists(activeRunId)${
      unlessSince ? ' AND (attribute_not_exists(lastStartedAt) OR lastStartedAt < :since)' : ''
    }`,
    ExpressionAttributeValues: {
      ':runId': runId,
      ':now': createdAt,
      ...(unlessSince ? { ':since': unlessSince } : {}),
    },
  };
}

function newParts(runId: string): RunPart[] {
  return INVARIANTS.flatMap((invariant) =>
    ALL_INVARIANTS[invariant].parts.map(({ name }) => ({
      runId,
      part: partKey(invariant, name),
      invariant,
      name,
      state: 'waiting' as const,
      cursor: null,
      ...{ checked: 0, differences: 0, unsettled: 0, problem: null },
    })),
  );
}
