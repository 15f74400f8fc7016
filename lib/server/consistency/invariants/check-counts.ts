import { confirmFindings } from '@/lib/server/consistency/confirm-finding';
import type { Checked, Piece } from '@/lib/server/consistency/invariants/invariant';
import { type Count, isPlainlyRight, lookAtCount } from '@/lib/server/consistency/invariants/look-at-count';
import { scanPiece } from '@/lib/server/consistency/scan-piece';

/** Courses or people of one piece. */
const AT_ONCE = 20;

type Counted = { table: string; key: string; countOf: (id: string) => Count };

/** Checks the counters of the next items of a table. */
export async function checkCounts({ table, key, countOf }: Counted, piece: Piece): Promise<Checked> {
  const { requestId } = piece;
  const page = await scanPiece({ TableName: table, Limit: AT_ONCE }, piece);
  const counts = page.items.map((item) => countOf(String(item[key])));
  const suspects: Count[] = [];
  let read = page.read;
  for (const count of counts) {
    const glance = await isPlainlyRight(count, requestId);
    read += glance.read;
    if (!glance.isRight) suspects.push(count);
  }
  const looks = suspects.map((count) => () => lookAtCount(count, requestId));
  const confirmed = await confirmFindings(looks);
  return { ...confirmed, cursor: page.cursor, checked: counts.length, read };
}
