import * as z from 'zod';
import { chunkPart, LAST_CHUNK, resultsPart } from '@/lib/server/batches/batch-item';
import { readTargets } from '@/lib/server/batches/bulk/read-targets';
import { cancelledResult } from '@/lib/server/batches/bulk/target-ends';
import { type ChunkState, chunkStateSchema } from '@/lib/server/batches/chunks/chunk-state';
import { unpackJson } from '@/lib/server/batches/chunks/pack-json';
import { queryParts } from '@/lib/server/batches/query-parts';
import { readBatchItem } from '@/lib/server/batches/read-batch';
import { decodeCursor, encodeCursor } from '@/lib/server/cursor';
import type { Page } from '@/lib/shared/api';
import { isBulk, type TargetResult, type TargetResultsQuery, targetResultSchema } from '@/lib/shared/batch';

const cursorSchema = z.object({ chunk: z.string().regex(/^\d{1,7}$/), place: z.string().regex(/^\d{1,4}$/) });
const packedSchema = z.object({ packed: z.instanceof(Uint8Array) });
const resultsSchema = z.array(targetResultSchema);

/** How many chunks one page looks at: a rare outcome ends in a short page with a cursor. */
const MOST_EXAMINED = 40;

/**
 * Lists what came of the targets of a bulk batch so far, in their order; none for other batches.
 * @throws {AppError} NOT_FOUND, or what DynamoDB answered
 */
export async function listTargetResults(
  batchId: string,
  { outcome, cursor, limit }: TargetResultsQuery,
  requestId: string,
): Promise<Page<TargetResult>> {
  const { kind } = await readBatchItem(batchId, requestId);
  if (!isBulk(kind)) return { items: [], cursor: null };
  const start = cursor ? decodeCursor(cursor, cursorSchema) : { chunk: '0', place: '0' };
  const parts = queryParts(
    { batchId, first: chunkPart(Number(start.chunk)), last: chunkPart(LAST_CHUNK) },
    requestId,
  );
  const found: { result: TargetResult; chunk: number; place: number }[] = [];
  let examined = 0;
  for await (const item of parts) {
    const chunk = chunkStateSchema.parse(item);
    if (examined++ === MOST_EXAMINED) return pageOf(found, limit, { chunk: chunk.chunk, place: 0 });
    const from = chunk.chunk === Number(start.chunk) ? Number(start.place) : 0;
    const results = await resultsOf(chunk, requestId);
    found.push(
      ...results
        .map((result, place) => ({ result, chunk: chunk.chunk, place }))
        .filter(({ result, place }) => place >= from && (!outcome || result.outcome === outcome)),
    );
    if (found.length > limit) break;
  }
  return pageOf(found, limit);
}

type Place = { chunk: number; place: number };

function pageOf(
  found: (Place & { result: TargetResult })[],
  limit: number,
  rest?: Place,
): Page<TargetResult> {
  const next = found[limit] ?? rest;
  return {
    items: found.slice(0, limit).map(({ result }) => result),
    cursor: next ? encodeCursor({ chunk: String(next.chunk), place: String(next.place) }) : null,
  };
}

/** Those that have ended; where a cancel ended the chunk, also those whose turn never came. */
async function resultsOf(chunk: ChunkState, requestId: string): Promise<TargetResult[]> {
  const { batchId, chunk: number, state, doneTo, valid } = chunk;
  const results: TargetResult[] = [];
  const parts = queryParts(
    { batchId, first: resultsPart(number, 0), last: resultsPart(number, LAST_CHUNK) },
    requestId,
  );
  for await (const item of parts) {
    results.push(...resultsSchema.parse(await unpackJson(packedSchema.parse(item).packed)));
  }
  const isCutOff = (state === 'cancelled' || state === 'committed') && doneTo < valid;
  if (!isCutOff) return results;
  const targets = await readTargets(batchId, number, requestId);
  return [...results, ...targets.slice(doneTo).map(cancelledResult)];
}
