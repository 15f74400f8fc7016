import * as z from 'zod';

/** A transaction that is answered as the first time has read; its write units alone count. */
const capacitySchema = z
  .object({ CapacityUnits: z.number(), WriteCapacityUnits: z.number().optional() })
  .transform(({ CapacityUnits, WriteCapacityUnits }) => WriteCapacityUnits ?? CapacityUnits);

const consumedSchema = z.object({
  ConsumedCapacity: z.union([capacitySchema.transform((one) => [one]), z.array(capacitySchema)]),
});

/** The write units that an answer says it took, of its indexes too; 0 where it says nothing. */
export function consumedUnits(output: unknown): number {
  const consumed = consumedSchema.safeParse(output).data?.ConsumedCapacity ?? [];
  return consumed.reduce((sum, units) => sum + units, 0);
}
