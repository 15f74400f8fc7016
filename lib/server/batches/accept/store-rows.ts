import { groupRows, toChunks } from '@/lib/server/batches/accept/group-rows';
import { rowJudge } from '@/lib/server/batches/accept/judge-rows';
import { previewTally, type Tallied } from '@/lib/server/batches/accept/preview-tally';
import type { Heartbeat } from '@/lib/server/batches/accept/receive-heartbeat';
import { storeChunk } from '@/lib/server/batches/chunks/store-chunk';
import type { FileRow } from '@/lib/server/batches/file/file-row';
import type { Mapping } from '@/lib/shared/batch-mapping';
import type { Actor } from '@/lib/shared/session';

type Source = { columns: readonly string[]; rows: AsyncIterable<FileRow>; mapping: Mapping };
type Receiving = { batchId: string; actor: Actor; heartbeat: Heartbeat; requestId: string };

/**
 * Judges the rows of a file and stores them as chunks as they come, one group in memory at a time.
 * @returns how many chunks there are, and what the rows add up to
 */
export async function storeRows(
  { columns, rows, mapping }: Source,
  { batchId, actor, heartbeat, requestId }: Receiving,
): Promise<{ chunks: number; tallied: Tallied }> {
  const judge = rowJudge({ mapping, columns, actor, requestId });
  const tally = previewTally(requestId);
  let chunks = 0;
  for await (const group of groupRows(rows)) {
    heartbeat.requireAlive();
    const judged = await judge(group);
    await tally.add(judged);
    for (const chunk of toChunks(judged)) {
      chunks += await storeChunk(chunk, { batchId, chunk: chunks + 1, requestId });
    }
    heartbeat.tell(tally.counts());
  }
  return { chunks, tallied: tally.result() };
}
