import * as z from 'zod';
import { env } from '@/lib/server/env';
import { batchEventSchema } from '@/lib/shared/audit-event';
import { type Batch, type BatchState, batchSchema, type Cause } from '@/lib/shared/batch';

/** The parts of a batch in its table. All parts of one batch share a partition. */
export const META = 'META';
export const FILE = 'FILE';

/** Partition of the index that lists all batches, and of the sparse one that lists those a worker must look after. */
export const LIST_KEY = 'BATCHES';
export const ACTIVE_KEY = 'ACTIVE';

/** States in which a worker has something to do. */
const ACTIVE_STATES = ['receiving', 'running', 'cancelling'] as const satisfies readonly BatchState[];

/** The largest number that `padded` sorts. */
export const LAST_CHUNK = 9_999_999;

/** Sort key of the state of a chunk; chunks count from 1. */
export const chunkPart = (chunk: number) => `C#${padded(chunk)}`;

/** Sort key of the rows of a chunk. */
export const rowsPart = (chunk: number) => `R#${padded(chunk)}`;

export const RATE_PREFIX = 'P#';

/** Sort key of one interval of the run, by its first second. */
export const ratePart = (epochSeconds: number) => `${RATE_PREFIX}${String(epochSeconds).padStart(12, '0')}`;

/** The part that holds when a bulk batch may go on with its next targets. */
export const BUDGET = 'BUDGET';

/** Sort key of what came of some targets of a bulk batch: those of the chunk from this position on. */
export const resultsPart = (chunk: number, position: number) => `T#${padded(chunk)}#${padded(position)}`;

/** A number that sorts as text. */
export function padded(number: number): string {
  return String(number).padStart(7, '0');
}

/** The key of the part of a batch that holds its state and numbers. */
export const metaKey = (batchId: string) => ({
  TableName: env.BATCHES_TABLE,
  Key: { batchId, part: META },
});

/** What the table holds of a batch besides what the API shows. */
const batchItemSchema = batchSchema.extend({
  /** The request that made the batch; its rows carry it. */
  requestId: z.string(),
  /** Proof of life of the process that receives the file, ISO. */
  receivedAt: z.string().optional(),
  /** Events that the audit table has refused so far, and how many segments of chunks are to be written still. */
  pendingEvents: z.array(batchEventSchema).default([]),
  pendingSegments: z.int().default(0),
  /** What a bulk batch is to do, in the words of its kind. */
  settings: z.record(z.string(), z.unknown()).default({}),
});

export type BatchItem = z.infer<typeof batchItemSchema>;

/** Parses a stored item into what workers need. */
export function toBatchItem(item: Record<string, unknown>): BatchItem {
  return batchItemSchema.parse(item);
}

/** The item that is written first: the batch, and the keys of its indexes. */
export function newBatchItem(batch: Batch, requestId: string) {
  return {
    ...batch,
    part: META,
    listKey: LIST_KEY,
    creationKey: `${batch.createdAt}#${batch.batchId}`,
    ...(isActive(batch.state) ? { activeKey: ACTIVE_KEY } : {}),
    requestId,
  };
}

/** Whether a worker has something to do for a batch in this state. */
export function isActive(state: BatchState): boolean {
  const states: readonly BatchState[] = ACTIVE_STATES;
  return states.includes(state);
}

/** The attributes that count the rows of one cause that came up while the batch ran, and keep one message of it. */
export const causeAttributes = (outcome: Cause['outcome'], code: string) => ({
  count: `cause#${outcome}#${code}`,
  message: `message#${outcome}#${code}`,
});

/** Parses a stored item into the batch that the API shows. */
export function toBatch(item: Record<string, unknown>): Batch {
  return batchSchema.parse(item);
}
