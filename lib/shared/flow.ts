import * as z from 'zod';
import { instantSchema } from '@/lib/shared/instant';

/** Where the belief in a table's capacity comes from. */
export const capacityBasisSchema = z.enum(['unknown', 'provisioned', 'setting', 'learned']);

export type CapacityBasis = z.infer<typeof capacityBasisSchema>;

/**
 * How one process lets writes pass to one table. Rates are write units a second; null: nothing limits them. `members` are all
 * processes that write to the table.
 */
export const tableFlowSchema = z.object({
  table: z.string(),
  basis: capacityBasisSchema,
  capacity: z.number().nullable(),
  unitsPerSecond: z.number().nullable(),
  members: z.array(z.object({ id: z.string(), unitsPerSecond: z.number(), isOwn: z.boolean() })),
  /** The store of the shares does not answer, so this process goes by what it sees itself. */
  isAlone: z.boolean(),
  /** Units saved up that may be written at once. */
  savedUnits: z.number(),
  inFlight: z.number(),
  mostInFlight: z.number(),
  waiting: z.number(),
  /** Units written since the process began. */
  peopleUnits: z.number(),
  workUnits: z.number(),
  arePeopleActive: z.boolean(),
  isStalled: z.boolean(),
  /** Share of its pace that batches are slowed down to; 1: they are not. */
  slowedTo: z.number(),
});

export type TableFlow = z.infer<typeof tableFlowSchema>;

export const retryPolicySchema = z.enum(['fixed', 'adaptive', 'learned']);

export type RetryPolicy = z.infer<typeof retryPolicySchema>;

/**
 * What is known of retries after one throttle reason of one table. `outcomes` count less the older they are. `chosenMs`: the
 * wait that is expected to cost least; null while there are fewer than `neededOutcomes`.
 */
export const retryBeliefSchema = z.object({
  table: z.string(),
  reason: z.string(),
  outcomes: z.number(),
  neededOutcomes: z.number(),
  recoveryMs: z.number(),
  recoveries: z.number(),
  chosenMs: z.number().nullable(),
  waits: z.array(
    z.object({ waitMs: z.number(), outcomes: z.number(), chance: z.number(), costMs: z.number() }),
  ),
});

export type RetryBelief = z.infer<typeof retryBeliefSchema>;

export const flowSchema = z.object({
  now: instantSchema,
  policy: retryPolicySchema,
  tables: z.array(tableFlowSchema),
  retries: z.array(retryBeliefSchema),
});

export type Flow = z.infer<typeof flowSchema>;
