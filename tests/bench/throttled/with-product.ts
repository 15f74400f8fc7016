import { type ContestItem, productItem } from '@/tests/bench/throttled/contest-item';
import type { Writer } from '@/tests/bench/throttled/writer';

/** Our own batch path. The policy and what is known of the table come from the environment of the process. */
export async function withProduct(): Promise<Writer> {
  const { batchWriteAssignments } = await import('@/lib/server/batches/batch-write-assignments');
  return async (items: ContestItem[]) => {
    const { written, failed, unprocessed, unsent } = await batchWriteAssignments(
      items.map(productItem),
      'req_bench',
    );
    const left = [...failed.map(({ assignment }) => assignment), ...unprocessed, ...unsent];
    const ids = (list: { assignmentId: string }[]) => list.map(({ assignmentId }) => assignmentId);
    return { written: ids(written), handedBack: ids(left) };
  };
}
