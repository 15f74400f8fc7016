import type { BatchItem } from '@/lib/server/batches/batch-item';
import type { TargetResult } from '@/lib/shared/batch';

/** Targets of a bulk batch that are worked on together. */
export const TARGETS_AT_ONCE = 25;

/**
 * What a slice of targets is worked on with. `requestId` is of the request that made the batch, the same at each attempt.
 * `mayGoOn` is asked before each call that changes something.
 */
export type Acting = { batch: BatchItem; requestId: string; mayGoOn: () => boolean };

/**
 * Does to each target what a bulk batch is for, and says what came of it, in any order; a target without a result was not
 * reached and comes again. Called again with the same targets after a crash, it must find what it has done already and
 * answer the same: what succeeded counts once. Where `mayGoOn` is false from the start it changes nothing and only answers
 * for what an earlier call has done: so a cancelled batch counts it.
 * @throws {AppError} where no target is to blame (a table is missing, no connection): then the batch waits
 */
export type Act = (targets: string[], acting: Acting) => Promise<TargetResult[]>;
