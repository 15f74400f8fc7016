import * as z from 'zod';
import { chunkPart, LAST_CHUNK } from '@/lib/server/batches/batch-item';
import { NO_TALLY, type Tally, tallySchema } from '@/lib/server/batches/chunks/chunk-state';
import { queryParts } from '@/lib/server/batches/query-parts';
import { readBatchItem } from '@/lib/server/batches/read-batch';
import type { CourseResult } from '@/lib/shared/batch';

const talliesSchema = z.object({ byCourse: z.record(z.string(), tallySchema) });

/** What became of the rows of each course, by course id; of an undo, what became of those it takes back. */
export async function listCourseResults(batchId: string, requestId: string): Promise<CourseResult[]> {
  const batch = await readBatchItem(batchId, requestId);
  const parts = queryParts(
    {
      batchId: batch.undoes ?? batchId,
      first: chunkPart(0),
      last: chunkPart(LAST_CHUNK),
      attributes: ['byCourse'],
    },
    requestId,
  );
  const results = new Map<string, Tally>();
  for await (const item of parts) {
    for (const [courseId, tally] of Object.entries(talliesSchema.parse(item).byCourse)) {
      results.set(courseId, added(results.get(courseId) ?? NO_TALLY, tally));
    }
  }
  return [...results]
    .map(([courseId, tally]) => ({ courseId, ...tally }))
    .sort((first, second) => first.courseId.localeCompare(second.courseId, 'en'));
}

function added(first: Tally, second: Tally): Tally {
  return {
    created: first.created + second.created,
    rejected: first.rejected + second.rejected,
    failed: first.failed + second.failed,
    waiting: first.waiting + second.waiting,
    deleted: first.deleted + second.deleted,
    kept: first.kept + second.kept,
  };
}
