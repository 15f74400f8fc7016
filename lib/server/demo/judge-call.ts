import {
  type LimitedTable,
  type LimitedWrite,
  limitedCall,
  splitBatch,
} from '@/lib/server/demo/limited-call';
import { type Answer, throughputExceeded, transactionRefused } from '@/lib/server/demo/throttle-answer';
import type { WriteCapacity } from '@/lib/server/demo/write-capacity';
import type { WriteLedger } from '@/lib/server/demo/write-ledger';

export type ThrottledTable = LimitedTable & {
  capacity: WriteCapacity;
  ledger: WriteLedger;
  isPartitioned: boolean;
};

export type Call = {
  operation: string;
  body: string;
  tables: ReadonlyMap<string, ThrottledTable>;
  keepsWritesIn?: 'engine' | 'ledger' | undefined;
  /** Sends a body to the engine. */
  pass: (body: string) => Promise<Answer>;
};

const BATCH = 'BatchWriteItem';

/**
 * Answers one call. Its writes to limited tables take their units first: those of a BatchWriteItem one by one, others as a
 * whole. What has no capacity never reaches the engine, and what the engine refuses is not in the ledger.
 */
export async function judgeCall(call: Call): Promise<{ answer: Answer; isLimited: boolean }> {
  const { writes, writeCount } = limitedCall(call.operation, call.body, [...call.tables.values()]);
  if (writes.length === 0) return { answer: await call.pass(call.body), isLimited: false };
  const refused = takeUnits(writes, call);
  const whole = refusal(refused, writeCount, call);
  if (whole) return { answer: whole, isLimited: true };
  const isOurs = call.keepsWritesIn === 'ledger' && writes.length === writeCount;
  const answer = await write(call, refused, isOurs);
  if (answer.status === 200) {
    for (const { table, key, units } of writes.filter((accepted) => !refused.includes(accepted))) {
      call.tables.get(table)?.ledger.accept(key, units);
    }
  }
  return { answer, isLimited: true };
}

/** Takes the units of the writes and returns those that were refused. */
function takeUnits(writes: LimitedWrite[], { operation, tables }: Call): LimitedWrite[] {
  const refused: LimitedWrite[] = [];
  for (const [name, { capacity, ledger }] of tables) {
    const own = writes.filter(({ table }) => table === name);
    const demand = ({ partitionKey, units }: LimitedWrite) => ({ key: partitionKey, units });
    const groups = operation === BATCH ? own.map((single) => [single]) : [own];
    const left = groups.flatMap((group) => (capacity.take(group.map(demand)) ? [] : group));
    refused.push(...left);
    for (const { units } of left) ledger.refuse(units);
    if (own.length > 0) ledger.call(left.length === own.length);
  }
  return refused;
}

/** The refusal of the whole call, or undefined where at least a part of it is carried out. */
function refusal(
  refused: LimitedWrite[],
  writeCount: number,
  { operation, tables }: Call,
): Answer | undefined {
  const [first] = refused;
  if (!first || (operation === BATCH && refused.length < writeCount)) return undefined;
  if (operation === 'TransactWriteItems') return transactionRefused(writeCount, positionsOf(refused));
  return throughputExceeded(first.table, tables.get(first.table)?.isPartitioned ?? false);
}

async function write(
  { operation, body, pass }: Call,
  refused: LimitedWrite[],
  isOurs: boolean,
): Promise<Answer> {
  if (operation !== BATCH) return isOurs ? { status: 200, body: '{}' } : pass(body);
  const { kept, UnprocessedItems } = splitBatch(body, positionsOf(refused));
  const answer = isOurs ? { status: 200, body: '{}' } : await pass(kept);
  if (answer.status !== 200) return answer;
  return { status: 200, body: JSON.stringify({ ...JSON.parse(answer.body), UnprocessedItems }) };
}

const positionsOf = (writes: LimitedWrite[]) => new Set(writes.map(({ position }) => position));
