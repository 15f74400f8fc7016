import type { JudgedRow } from '@/lib/server/batches/accept/judge-rows';
import { CHUNK_COURSES, CHUNK_ROWS, type ChunkRows } from '@/lib/server/batches/chunks/chunk';
import type { FileRow } from '@/lib/server/batches/file/file-row';

/** Characters of the rows that are held at once; most files compress to a chunk's size from about that. */
const GROUP_LENGTH = 1_500_000;

/** Rows in groups that may become one chunk: as many as it holds, and no more text than is good to hold. */
export async function* groupRows(rows: AsyncIterable<FileRow>): AsyncGenerator<FileRow[]> {
  let group: FileRow[] = [];
  let length = 0;
  for await (const row of rows) {
    group.push(row);
    length += row.cells.reduce((sum, cell) => sum + cell.length, 0);
    if (group.length < CHUNK_ROWS && length < GROUP_LENGTH) continue;
    yield group;
    group = [];
    length = 0;
  }
  if (group.length > 0) yield group;
}

/** Judged rows in their order as chunks of at most `CHUNK_COURSES` courses each. */
export function toChunks(judged: JudgedRow[]): ChunkRows[] {
  const chunks: ChunkRows[] = [];
  let chunk: ChunkRows = { rows: [], rejected: [] };
  const courses = new Set<string>();
  for (const row of judged) {
    const courseId = row.isValid ? row.row.assignment.courseId : row.row.courseId;
    if (courses.size === CHUNK_COURSES && !courses.has(courseId)) {
      chunks.push(chunk);
      chunk = { rows: [], rejected: [] };
      courses.clear();
    }
    courses.add(courseId);
    if (row.isValid) chunk.rows.push(row.row);
    else chunk.rejected.push(row.row);
  }
  return [...chunks, chunk].filter(({ rows, rejected }) => rows.length + rejected.length > 0);
}
