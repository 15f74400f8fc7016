import { DeleteCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { readHistory, readStandings } from '@/lib/server/breakers/breaker-store';
import { type Breakers, breakers, gateOf } from '@/lib/server/breakers/breakers';
import { noteCall } from '@/lib/server/breakers/gate';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';

const DAY_MS = 24 * 60 * 60 * 1000;

/** Lets the breaker of a table open in one process, as if writes of the last seconds had got no answer. */
export function openBreaker(table: string, own: Breakers = breakers, nowMs = Date.now()): void {
  const gate = gateOf(own, table, nowMs);
  for (const agoMs of [2000, 1000, 0]) {
    for (let call = 0; call < 7; call++) noteCall(gate, 'unanswered', nowMs - agoMs, 'socket hang up');
  }
}

/** Forgets what this process and the store know of breakers. */
export async function forgetBreakers(): Promise<void> {
  breakers.gates.clear();
  breakers.lastReadMs = Number.NEGATIVE_INFINITY;
  breakers.storeProblem = null;
  for (const lane of ['BREAKERS', 'BREAKER_HISTORY']) {
    const { Items = [] } = await documentClient.send(
      new QueryCommand({
        TableName: env.METRICS_TABLE,
        KeyConditionExpression: 'lane = :lane',
        ExpressionAttributeValues: { ':lane': lane },
      }),
    );
    for (const { itemKey } of Items) {
      await documentClient.send(new DeleteCommand({ TableName: env.METRICS_TABLE, Key: { lane, itemKey } }));
    }
  }
}

/** Where the breaker of a table stands in the store. */
export const standingOf = async (table: string) => (await readStandings()).get(table);

/** The stored changes of a table around now: "closed open". */
export async function changesOf(table: string, nowMs = Date.now()): Promise<string[]> {
  const at = (ms: number) => new Date(nowMs + ms).toISOString();
  const { changes } = await readHistory(at(-DAY_MS), at(DAY_MS));
  return changes.filter((change) => change.table === table).map(({ from, to }) => `${from} ${to}`);
}
