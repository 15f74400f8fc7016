import { AsyncLocalStorage } from 'node:async_hooks';
import * as z from 'zod';
import type { Call } from '@/lib/server/dynamodb-call';
import { noteWrite } from '@/lib/server/governor/governor';
import { knownGovernor } from '@/lib/server/governor/governors';
import { itemUnits } from '@/lib/server/governor/write-units';
import { processState } from '@/lib/server/process-state';
import { requestContext } from '@/lib/server/request-context';

const governed = processState('governed', () => new AsyncLocalStorage<true>());

/** Runs a call whose units its governor counts itself. */
export const asGoverned = <Result>(call: () => Result): Result => governed.run(true, call);

const writeSchema = z.object({
  TableName: z.string().optional(),
  Item: z.record(z.string(), z.unknown()).optional(),
});

const inputSchema = writeSchema.extend({
  TransactItems: z.array(z.record(z.string(), writeSchema)).optional(),
});

/** A transaction is prepared and then committed, which costs the units of each of its writes twice. */
const TRANSACTION = 2;

/** Tells the governors of a call's tables of a write that does not wait for them: of a person, or of the background. */
export function noteUngoverned({ tables, isWrite }: Call, input: object): void {
  if (!isWrite || governed.getStore()) return;
  for (const table of tables) {
    const governor = knownGovernor(table);
    if (governor) noteWrite(governor, unitsFor(table, input), requestContext() !== undefined);
  }
}

/** The units of what a call writes to a table; an update or a delete, whose item is not known, counts as one. */
function unitsFor(table: string, input: object): number {
  const { TransactItems, ...single } = inputSchema.parse(input);
  const units = ({ TableName, Item }: z.infer<typeof writeSchema>) =>
    TableName === table ? itemUnits(Item ?? {}) : 0;
  const writes = TransactItems?.flatMap((write) => Object.values(write)) ?? [];
  return units(single) + TRANSACTION * writes.reduce((sum, write) => sum + units(write), 0);
}
