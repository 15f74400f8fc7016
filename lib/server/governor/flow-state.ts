import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { arePeopleActive, type Governor, isStalled, unitsPerSecond } from '@/lib/server/governor/governor';
import { governorOf } from '@/lib/server/governor/governors';
import { leaseOf, sharesKey } from '@/lib/server/governor/share-lease';
import { NO_SHARES, type Shares, sharesSchema } from '@/lib/server/governor/shares';
import { withRetry } from '@/lib/server/retry';
import { believe, bestWait, ENOUGH_OUTCOMES, outcomesOf } from '@/lib/server/retry-delay/learned';
import { type Knowledge, knowledge } from '@/lib/server/retry-delay/retry-knowledge';
import type { Flow, RetryBelief, TableFlow } from '@/lib/shared/flow';

/**
 * How writes pass to the table of assignments, as this process sees it, with the shares of all processes as they are
 * stored; and what the retries know.
 * @throws {AppError} what DynamoDB answered
 */
export async function flowState(requestId: string): Promise<Flow> {
  const governor = governorOf(env.ASSIGNMENTS_TABLE);
  const shares = await readShares(governor.table, requestId);
  return {
    now: new Date().toISOString(),
    policy: env.RETRY_POLICY,
    tables: [tableFlow(governor, shares)],
    retries: [...knowledge.values()].map(retryBelief),
  };
}

async function readShares(table: string, requestId: string): Promise<Shares> {
  const command = new GetCommand({ TableName: env.METRICS_TABLE, Key: sharesKey(table) });
  const context = { operation: 'flowState', requestId, maxRetries: env.MAX_RETRIES };
  const { Item } = await withRetry(() => documentClient.send(command), context);
  return Item ? sharesSchema.parse(Item) : NO_SHARES;
}

function tableFlow(governor: Governor, { capacity, members }: Shares): TableFlow {
  const { table, pace, inFlight, waiting, spent, known } = governor;
  const lease = leaseOf(table);
  const rate = unitsPerSecond(governor);
  return {
    table,
    basis: pace.basis === 'unknown' && capacity > 0 ? 'learned' : pace.basis,
    capacity: known ?? (capacity > 0 ? capacity : null),
    unitsPerSecond: Number.isFinite(rate) ? rate : null,
    members: Object.entries(members).map(([id, { unitsPerSecond }]) => ({
      id,
      unitsPerSecond,
      isOwn: id === lease?.id,
    })),
    isAlone: lease?.isAlone ?? false,
    savedUnits: Math.max(pace.tokens, 0),
    inFlight: inFlight.now,
    mostInFlight: Math.floor(inFlight.limit),
    waiting: waiting.length,
    peopleUnits: spent.people,
    workUnits: spent.work,
    arePeopleActive: arePeopleActive(governor),
    isStalled: isStalled(governor),
    slowedTo: pace.slowedTo,
  };
}

function retryBelief({ table, reason, recovery, model }: Knowledge): RetryBelief {
  return {
    table,
    reason,
    outcomes: outcomesOf(model),
    neededOutcomes: ENOUGH_OUTCOMES,
    recoveryMs: recovery.ms,
    recoveries: recovery.observations,
    chosenMs: bestWait(model, env.MAX_WAIT_TIME)?.waitMs ?? null,
    waits: believe(model),
  };
}
