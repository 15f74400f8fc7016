import { confirmFindings } from '@/lib/server/consistency/confirm-finding';
import type { Checked, Finding, Piece } from '@/lib/server/consistency/invariants/invariant';
import { walkBatches } from '@/lib/server/consistency/walk-batches';

/** Batches of one piece. */
const AT_ONCE = 10;

type Look = { finding: Finding | 'moving' | undefined; read: number };

/**
 * Looks at the batches of one piece, and again where one differs; `read` sums up what every look has read.
 * @param lookAt one batch: what is wrong with it at this moment, and how many items that took
 * @throws {AppError} what DynamoDB answered
 */
export async function checkBatches(
  piece: Piece,
  lookAt: (batchId: string, requestId: string) => Promise<Look>,
): Promise<Checked> {
  const { batchIds, cursor } = await walkBatches(piece, AT_ONCE);
  let read = 0;
  const looks = batchIds.map((batchId) => async () => {
    const look = await lookAt(batchId, piece.requestId);
    read += look.read;
    return look.finding;
  });
  const confirmed = await confirmFindings(looks);
  return { ...confirmed, cursor, checked: batchIds.length, read };
}
