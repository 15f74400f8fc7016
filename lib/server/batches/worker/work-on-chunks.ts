import { createClaimer } from '@/lib/server/batches/chunks/chunk-claimer';
import { type Claim, type Purpose, releaseChunk } from '@/lib/server/batches/chunks/chunk-lease';
import type { Watch } from '@/lib/server/batches/worker/watch-batch';

/** Chunks in hand at a time: while one is committed, the rows of the others are written. Bounds the memory of a run. */
const IN_HAND = 3;

type ChunkWork = {
  /** The batch whose chunks they are. */
  batchId: string;
  purpose: Purpose;
  /** The last chunk that may be worked on; all where it is left out. */
  lastChunk?: number | undefined;
  /** Chunks in hand at a time. */
  hands?: number;
  watch: Watch;
  requestId: string;
  /** Works on one chunk; false where it is not finished and must be given back. */
  work: (claim: Claim) => Promise<boolean>;
};

/**
 * Works on the free chunks of a batch until none is free or the batch may not go on. An error ends it after the chunks in
 * hand; a chunk that is not finished is given back for the next attempt.
 * @throws what `work` threw first
 */
export async function workOnChunks(chunks: ChunkWork): Promise<void> {
  const { batchId, purpose, lastChunk, hands = IN_HAND, watch, requestId, work } = chunks;
  const claimer = createClaimer({ batchId, purpose, last: lastChunk, requestId });
  let problem: { thrown: unknown } | undefined;

  async function takeChunks(): Promise<void> {
    while (!problem && watch.mayGoOn()) {
      const claim = await claimer.next();
      if (!claim) return;
      await workOn(claim);
    }
  }

  async function workOn(claim: Claim): Promise<void> {
    try {
      if (!(await work(claim))) await releaseChunk(claim, purpose);
    } catch (thrown) {
      problem ??= { thrown };
      await releaseChunk(claim, purpose);
    } finally {
      claim.stop();
    }
  }

  const endings = await Promise.allSettled(Array.from({ length: hands }, takeChunks));
  if (problem) throw problem.thrown;
  const failed = endings.find((ending) => ending.status === 'rejected');
  if (failed) throw failed.reason;
}
