import * as z from 'zod';
import { chunkPart } from '@/lib/server/batches/batch-item';
import { queryParts } from '@/lib/server/batches/query-parts';
import { readBatchItem } from '@/lib/server/batches/read-batch';
import { confirmFindings } from '@/lib/server/consistency/confirm-finding';
import type { Checked, Piece } from '@/lib/server/consistency/invariants/invariant';
import { lookAtChunkEvents } from '@/lib/server/consistency/invariants/look-at-chunk-events';
import { walkBatches } from '@/lib/server/consistency/walk-batches';

/** Chunks of one piece. */
const CHUNKS_AT_ONCE = 10;

/** Where in which batch the next piece begins, and how the batches go on after it. */
const placeSchema = z.object({ batchId: z.string().nullable(), chunk: z.int(), next: z.string().nullable() });

type Place = z.infer<typeof placeSchema>;

const BEGINNING: Place = { batchId: null, chunk: 1, next: null };

/** Checks the next chunks: the events of their rows in segments, and the assignments that these speak of. */
export async function checkBatchEvents({ cursor, requestId }: Piece): Promise<Checked> {
  const place = cursor === null ? BEGINNING : placeSchema.parse(JSON.parse(cursor));
  if (place.batchId === null) return nextBatch(place, requestId);
  const { batchId, chunk: first } = place;
  const last = first + CHUNKS_AT_ONCE - 1;
  const parts = queryParts(
    { batchId, first: chunkPart(first), last: chunkPart(last), attributes: ['chunk', 'valid'] },
    requestId,
  );
  const chunks: number[] = [];
  let rows = 0;
  for await (const { chunk, valid } of parts) {
    chunks.push(Number(chunk));
    rows += Number(valid);
  }
  const looks = chunks.map((chunk) => () => lookAtChunkEvents({ batchId, chunk }, requestId));
  const confirmed = await confirmFindings(looks);
  const isLast = chunks.length < CHUNKS_AT_ONCE;
  const after = isLast ? { ...place, batchId: null } : { ...place, chunk: last + 1 };
  return { ...confirmed, cursor: cursorOf(after), checked: rows, read: 2 * rows };
}

async function nextBatch({ next }: Place, requestId: string): Promise<Checked> {
  const { batchIds, cursor } = await walkBatches({ cursor: next, requestId }, 1);
  const [batchId = null] = batchIds;
  const batch = batchId === null ? undefined : await readBatchItem(batchId, requestId);
  const hasRows = batch?.kind === 'import' && batch.state !== 'receiving';
  const after = { batchId: hasRows ? batchId : null, chunk: 1, next: cursor };
  return { cursor: cursorOf(after), checked: 0, read: 1, found: [], unsettled: 0 };
}

/** Null at the end: no batch in hand, and none that follows. */
function cursorOf(place: Place): string | null {
  return place.batchId === null && place.next === null ? null : JSON.stringify(place);
}
