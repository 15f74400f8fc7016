import * as z from 'zod';
import { chunkPart, LAST_CHUNK } from '@/lib/server/batches/batch-item';
import { queryParts } from '@/lib/server/batches/query-parts';
import { readBatchItem } from '@/lib/server/batches/read-batch';
import { decodeCursor, encodeCursor } from '@/lib/server/cursor';
import type { Page } from '@/lib/shared/api';
import { type KeptRow, keptRowSchema } from '@/lib/shared/batch';

const chunkSchema = z.object({ chunk: z.int(), kept: z.array(keptRowSchema).default([]) });
const cursorSchema = z.object({ chunk: z.string().regex(/^\d{1,7}$/), place: z.string().regex(/^\d{1,4}$/) });

type PageOptions = { cursor?: string | undefined; limit: number; requestId: string };

/** Lists the rows that an undo left as they are, in the order of the file; none for an import. */
export async function listKeptRows(
  batchId: string,
  { cursor, limit, requestId }: PageOptions,
): Promise<Page<KeptRow>> {
  const { undoes } = await readBatchItem(batchId, requestId);
  if (undoes === null) return { items: [], cursor: null };
  const start = cursor ? decodeCursor(cursor, cursorSchema) : { chunk: '0', place: '0' };
  const parts = queryParts(
    {
      batchId: undoes,
      first: chunkPart(Number(start.chunk)),
      last: chunkPart(LAST_CHUNK),
      attributes: ['chunk', 'kept'],
    },
    requestId,
  );
  const found: { row: KeptRow; chunk: number; place: number }[] = [];
  for await (const item of parts) {
    const { chunk, kept } = chunkSchema.parse(item);
    const from = chunk === Number(start.chunk) ? Number(start.place) : 0;
    found.push(...kept.map((row, place) => ({ row, chunk, place })).filter(({ place }) => place >= from));
    if (found.length > limit) break;
  }
  const next = found[limit];
  return {
    items: found.slice(0, limit).map(({ row }) => row),
    cursor: next ? encodeCursor({ chunk: String(next.chunk), place: String(next.place) }) : null,
  };
}
