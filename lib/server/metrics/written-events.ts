import * as z from 'zod';
import { env } from '@/lib/server/env';

/** An event of the trail, or the events of many rows in one item. */
const eventSchema = z.object({
  TableName: z.literal(env.AUDIT_TABLE),
  Item: z.object({ action: z.string(), events: z.number().default(1) }),
});

const transactionSchema = z.object({ TransactItems: z.array(z.object({ Put: z.unknown() }).partial()) });

/** How many audit events the input of a call puts into the trail. */
export function writtenEvents(input: object): number {
  const puts = transactionSchema.safeParse(input).data?.TransactItems.map(({ Put }) => Put) ?? [input];
  return puts.reduce<number>((sum, put) => sum + (eventSchema.safeParse(put).data?.Item.events ?? 0), 0);
}
