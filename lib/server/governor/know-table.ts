import { DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import { classifyError } from '@/lib/server/classify-error';
import { dynamodb } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import type { Governor } from '@/lib/server/governor/governor';
import { governorOf } from '@/lib/server/governor/governors';
import { knowCapacity } from '@/lib/server/governor/pace';
import { keepShare } from '@/lib/server/governor/share-lease';
import { log } from '@/lib/server/log';
import { processState } from '@/lib/server/process-state';
import type { CapacityBasis } from '@/lib/shared/flow';

/** How long a capacity counts that DescribeTable has told: it may be changed at any time. */
const TOLD_FOR_MS = 60_000;

const told = processState('toldCapacities', () => new Map<string, { atMs: number; asking: Promise<void> }>());

/**
 * The governor of a table, told what is known of the table's capacity and what part of it is this process's. Never throws:
 * what is not known is learned.
 */
export async function readyGovernor(table: string, requestId: string): Promise<Governor> {
  const governor = governorOf(table);
  await learnOnce(governor, requestId);
  await keepShare(governor, requestId);
  return governor;
}

async function learnOnce(governor: Governor, requestId: string): Promise<void> {
  const { table } = governor;
  const last = told.get(table);
  if (last && governor.now() - last.atMs < TOLD_FOR_MS) {
    await last.asking;
    return;
  }
  const asking = askCapacity(governor, requestId);
  told.set(table, { atMs: governor.now(), asking });
  // Only the first answer is worth a wait.
  if (!last) await asking;
}

async function askCapacity(governor: Governor, requestId: string): Promise<void> {
  const { table } = governor;
  if (table === env.ASSIGNMENTS_TABLE && env.WRITE_UNITS_PER_SECOND !== undefined) {
    know(governor, env.WRITE_UNITS_PER_SECOND, 'setting');
    return;
  }
  try {
    const { Table } = await dynamodb.send(new DescribeTableCommand({ TableName: table }));
    const units = Table?.ProvisionedThroughput?.WriteCapacityUnits ?? 0;
    if (units > 0) know(governor, units, 'provisioned');
  } catch (thrown) {
    const { code, message } = classifyError(thrown);
    log.warn('capacity of the table not known, learning it', { requestId, table, code, reason: message });
  }
}

function know(governor: Governor, units: number, basis: CapacityBasis): void {
  if (governor.known === units) return;
  governor.known = units;
  knowCapacity(governor.pace, units, basis);
}
