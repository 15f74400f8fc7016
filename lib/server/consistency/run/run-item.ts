import * as z from 'zod';
import { env } from '@/lib/server/env';
import { checkRunSchema, differenceSchema, INVARIANTS, type InvariantName } from '@/lib/shared/consistency';

/** The parts of a run in its table; all parts of one run share a partition. */
export const META = 'META';
export const PART_PREFIX = 'P#';
export const DIFFERENCE_PREFIX = 'D#';

/** The partition that lists all runs by their time, and the one item that says which run is at work. */
export const RUNS = 'RUNS';
const STATE = 'STATE';

/** Repairs whose audit event the audit table has refused so far. */
export const PENDING_EVENTS = 'PENDING_EVENTS';

const KEPT_SECONDS = 90 * 24 * 60 * 60;

/** The second (Unix time) after which DynamoDB may delete what a run has left. */
export const runTtl = () => Math.floor(Date.now() / 1000) + KEPT_SECONDS;

export const runPlace = (runId: string, part = META) => ({
  TableName: env.CONSISTENCY_TABLE,
  Key: { runId, part },
});

export const statePlace = runPlace(STATE, STATE);

export const partKey = (invariant: InvariantName, name: string) => `${PART_PREFIX}${invariant}#${name}`;

export const differenceKey = (differenceId: string) => `${DIFFERENCE_PREFIX}${differenceId}`;

/** A difference is named by its rule and its target: found again in the same run, it is the same. */
export const differenceIdOf = (invariant: InvariantName, target: string) => `${invariant}#${target}`;

/** Which run is at work, and when the last one began. */
export const stateSchema = z.object({
  activeRunId: z.string().optional(),
  lastStartedAt: z.string().optional(),
});

const partSchema = z.object({
  runId: z.string(),
  part: z.string(),
  invariant: z.enum(INVARIANTS),
  name: z.string(),
  state: z.enum(['waiting', 'leased', 'done']),
  cursor: z.string().nullable(),
  checked: z.int(),
  differences: z.int(),
  unsettled: z.int(),
  problem: z.string().nullable(),
  leaseToken: z.string().optional(),
  leasedUntil: z.string().optional(),
});

export type RunPart = z.infer<typeof partSchema>;

/** Parses a stored run. */
export const toCheckRun = (item: Record<string, unknown>) => checkRunSchema.parse(item);

/** Parses a stored part of a run. */
export const toRunPart = (item: Record<string, unknown>) => partSchema.parse(item);

/** Parses a stored difference. */
export const toDifference = (item: Record<string, unknown>) => differenceSchema.parse(item);
