import type { BatchItem } from '@/lib/server/batches/batch-item';
import { actOf } from '@/lib/server/batches/bulk/acts';
import { commitTargets } from '@/lib/server/batches/bulk/commit-targets';
import { CANARY_CHUNK, judgeCanary } from '@/lib/server/batches/bulk/judge-canary';
import { rateBudget } from '@/lib/server/batches/bulk/rate-budget';
import { readTargets } from '@/lib/server/batches/bulk/read-targets';
import type { Claim } from '@/lib/server/batches/chunks/chunk-lease';
import type { Watch } from '@/lib/server/batches/worker/watch-batch';
import { workOnChunks } from '@/lib/server/batches/worker/work-on-chunks';
import { log } from '@/lib/server/log';
import { AppError } from '@/lib/shared/app-error';
import { isBulk, type TargetResult } from '@/lib/shared/batch';

/**
 * Does to the waiting targets of a bulk batch what it is for, a few at a time, beside any other process that does the
 * same. A canary goes first; the others follow once it has passed.
 * @throws {AppError} where DynamoDB refused for a reason that lies in no target
 */
export async function runBulk(batch: BatchItem, watch: Watch, requestId: string): Promise<void> {
  const run = { batch, watch, requestId, budget: rateBudget(batch, requestId) };
  if (batch.canary === 'waiting') {
    await workOnTargets(run, CANARY_CHUNK);
    if (!(await judgeCanary(batch, requestId))) return;
  }
  await workOnTargets(run);
}

type Run = {
  batch: BatchItem;
  watch: Watch;
  requestId: string;
  budget: ReturnType<typeof rateBudget>;
};

function workOnTargets(run: Run, lastChunk?: number): Promise<void> {
  const { batch, watch, requestId } = run;
  return workOnChunks({
    batchId: batch.batchId,
    purpose: 'write',
    lastChunk,
    // The targets of a slice go beside each other already.
    hands: 1,
    watch,
    requestId,
    work: (claim) => workOnChunk(run, claim),
  });
}

/** False where the chunk is not finished and must be given back. What has ended of it is not begun again. */
async function workOnChunk(run: Run, claim: Claim): Promise<boolean> {
  const { batch, watch, requestId, budget } = run;
  const { chunk } = claim;
  const targets = await readTargets(batch.batchId, chunk.chunk, requestId);
  const mayGoOn = () => watch.mayGoOn() && claim.mayWrite();
  while (chunk.doneTo < targets.length) {
    const slice = targets.slice(chunk.doneTo, chunk.doneTo + budget.targetsAtOnce);
    if (!(await budget.takeTurn(slice.length, mayGoOn))) return false;
    const results = await actOn(batch, slice, mayGoOn);
    if (!results) return false;
    if (!(await commitTargets({ batch, claim, results, cancelled: 0, requestId }))) return true;
  }
  log.info('targets of a chunk done', {
    requestId,
    operation: 'runBulk',
    batchId: batch.batchId,
    chunk: chunk.chunk,
    targets: targets.length,
  });
  return true;
}

/** One result for each target, in their order; undefined where the batch was stopped before the turn of some. */
async function actOn(
  batch: BatchItem,
  slice: string[],
  mayGoOn: () => boolean,
): Promise<TargetResult[] | undefined> {
  const results = await resultsOf(batch, slice, mayGoOn);
  const ends = slice.flatMap((target) => results.get(target) ?? []);
  if (ends.length === slice.length) return ends;
  if (!mayGoOn()) return undefined;
  throw new AppError('SYSTEM_ERROR', `${slice.length - ends.length} items of this batch got no answer`);
}

/** What came of targets, by target. With `mayGoOn` false it only says what an earlier attempt has done to them. */
export async function resultsOf(
  batch: BatchItem,
  targets: string[],
  mayGoOn: () => boolean,
): Promise<Map<string, TargetResult>> {
  if (!isBulk(batch.kind)) throw new AppError('SYSTEM_ERROR', `A batch of kind ${batch.kind} has no targets`);
  // The request that asked for it, the same at each attempt: what is done carries it.
  const acting = { batch, requestId: batch.requestId, mayGoOn };
  const results = await actOf(batch.kind)(targets, acting);
  return new Map(results.map((result) => [result.target, result]));
}
