import { env } from '@/lib/server/env';
import { type Batch, type BatchState, batchSchema } from '@/lib/shared/batch';

/** The parts of a batch in its table. All parts of one batch share a partition. */
export const META = 'META';
export const FILE = 'FILE';

/** Partition of the index that lists all batches, and of the sparse one that lists those a worker must look after. */
export const LIST_KEY = 'BATCHES';
export const ACTIVE_KEY = 'ACTIVE';

/** States in which a worker has something to do. */
export const ACTIVE_STATES = ['receiving', 'running', 'cancelling'] as const satisfies readonly BatchState[];

/** Sort key of the state of a chunk; chunks count from 1. */
export const chunkPart = (chunk: number) => `C#${padded(chunk)}`;

/** Sort key of the rows of a chunk. */
export const rowsPart = (chunk: number) => `R#${padded(chunk)}`;

/** Sort key of one interval of the run, by its first second. */
export const ratePart = (epochSeconds: number) => `P#${String(epochSeconds).padStart(12, '0')}`;

/** A number that sorts as text. */
export function padded(number: number): string {
  return String(number).padStart(7, '0');
}

/** The key of the part of a batch that holds its state and numbers. */
export const metaKey = (batchId: string) => ({
  TableName: env.BATCHES_TABLE,
  Key: { batchId, part: META },
});

/** What the table holds of a batch besides what the API shows: the keys of its indexes and what workers need. */
export type BatchItem = Batch & {
  part: typeof META;
  listKey: typeof LIST_KEY;
  creationKey: string;
  activeKey?: typeof ACTIVE_KEY;
  /** Proof of life of the process that receives the file, ISO. */
  receivedAt?: string;
  /** The request that made the batch; its rows carry it. */
  requestId: string;
  /** Rows that ended otherwise than created while the batch ran, by outcome and code. */
  causes: Record<string, { count: number; message: string }>;
};

/** Completes a batch into the item that is written first. */
export function toBatchItem(batch: Batch, requestId: string): BatchItem {
  const states: readonly BatchState[] = ACTIVE_STATES;
  return {
    ...batch,
    part: META,
    listKey: LIST_KEY,
    creationKey: `${batch.createdAt}#${batch.batchId}`,
    ...(states.includes(batch.state) ? { activeKey: ACTIVE_KEY } : {}),
    requestId,
    causes: {},
  };
}

/** Parses a stored item into the batch that the API shows. */
export function toBatch(item: Record<string, unknown>): Batch {
  return batchSchema.parse(item);
}
