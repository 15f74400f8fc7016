import { causeTally } from '@/lib/server/batches/accept/cause-tally';
import { existingAssignments } from '@/lib/server/batches/accept/existing-assignments';
import type { JudgedRow } from '@/lib/server/batches/accept/judge-rows';
import { duplicateKey, seenRows } from '@/lib/server/batches/accept/seen-rows';
import type { ChunkRow } from '@/lib/server/batches/chunks/chunk';
import type { Preview } from '@/lib/shared/batch';

const MAX_SHOWN = 5;
const MAX_COURSES_SHOWN = 100;
const MAX_COURSES_COUNTED = 50_000;

/** An item of DynamoDB holds 400 KB, and a sample shows how a row reads rather than all of it. */
const MAX_DESCRIPTION_LENGTH = 1000;

/** Bytes of an item beside its texts; one write unit is 1 KB, and both indexes of the table hold the item too. */
const ITEM_BYTES = 900;
const UNIT_BYTES = 1024;
const COPIES = 3;

/**
 * Write units a second that a new on-demand table takes at once ("Initial throughput for on-demand capacity mode",
 * Amazon DynamoDB Developer Guide).
 */
const UNITS_PER_SECOND = 4000;

export type Tallied = Omit<
  Preview,
  'encoding' | 'delimiter' | 'columns' | 'ignoredColumns' | 'mapping' | 'mappingName'
>;

/** Sums up rows for the preview as they pass; memory stays bounded whatever the file holds. */
export function previewTally(requestId: string) {
  const causes = causeTally();
  const seen = seenRows();
  const existing = existingAssignments(requestId);
  const byCourse = new Map<string, { valid: number; rejected: number }>();
  const byType = new Map<string, number>();
  const courses = new Set<string>();
  const shown: Pick<Tallied, 'sample'> & {
    duplicates: Tallied['duplicates'];
    existing: Omit<Tallied['existing'], 'isComplete'>;
  } = { sample: [], duplicates: { count: 0, examples: [] }, existing: { count: 0, examples: [] } };
  let valid = 0;
  let rejected = 0;
  let writeUnits = 0;

  const countCourse = (courseId: string, outcome: 'valid' | 'rejected') => {
    const counts = byCourse.get(courseId) ?? { valid: 0, rejected: 0 };
    counts[outcome] += 1;
    if (byCourse.has(courseId) || byCourse.size < MAX_COURSES_COUNTED) byCourse.set(courseId, counts);
  };
  const addValid = (row: ChunkRow) => {
    const { courseId, type } = row.assignment;
    valid += 1;
    courses.add(courseId);
    countCourse(courseId, 'valid');
    byType.set(type, (byType.get(type) ?? 0) + 1);
    writeUnits += unitsOf(row);
    if (shown.sample.length < MAX_SHOWN) shown.sample.push(sampleOf(row));
    noteEqual(row, { seen, existing, shown });
  };

  return {
    async add(judged: JudgedRow[]): Promise<void> {
      await existing.read(judged.flatMap(({ isValid, row }) => (isValid ? [row.assignment.courseId] : [])));
      for (const one of judged) {
        if (one.isValid) {
          addValid(one.row);
          continue;
        }
        rejected += 1;
        countCourse(one.row.courseId, 'rejected');
        causes.add({ ...one.row, ...one.cause });
      }
    },
    counts: () => ({ rows: valid + rejected, rejected, waiting: valid }),
    result: (): Tallied => ({
      valid,
      rejected,
      courseCount: courses.size,
      byCourse: largest(byCourse),
      byType: [...byType].map(([type, count]) => ({ type, valid: count })),
      causes: causes.causes(),
      sample: shown.sample,
      duplicates: shown.duplicates,
      existing: { ...shown.existing, isComplete: existing.isComplete() },
      estimate: { writeUnits, seconds: Math.round((writeUnits / UNITS_PER_SECOND) * 10) / 10 },
    }),
  };
}

type Equals = {
  seen: ReturnType<typeof seenRows>;
  existing: ReturnType<typeof existingAssignments>;
  shown: { duplicates: Tallied['duplicates']; existing: Omit<Tallied['existing'], 'isComplete'> };
};

function noteEqual({ rowNumber, assignment }: ChunkRow, { seen, existing, shown }: Equals): void {
  const { courseId, title } = assignment;
  const reference = { rowNumber, courseId, title };
  const firstRowNumber = seen.firstWith(`${courseId}\n${duplicateKey(assignment)}`, rowNumber);
  if (firstRowNumber !== undefined) note(shown.duplicates, { ...reference, firstRowNumber });
  const assignmentId = existing.equalTo(assignment);
  if (assignmentId !== undefined) note(shown.existing, { ...reference, assignmentId });
}

function note<Example>(list: { count: number; examples: Example[] }, example: Example): void {
  list.count += 1;
  if (list.examples.length < MAX_SHOWN) list.examples.push(example);
}

function sampleOf({ rowNumber, assignment, assignmentId }: ChunkRow): Tallied['sample'][number] {
  const description = assignment.description.slice(0, MAX_DESCRIPTION_LENGTH).toWellFormed();
  return { rowNumber, assignmentId: assignmentId ?? null, assignment: { ...assignment, description } };
}

function unitsOf({ assignment: { title, description } }: ChunkRow): number {
  const bytes = ITEM_BYTES + Buffer.byteLength(title) * 2;
  // The indexes leave the description out.
  const own = Math.ceil((bytes + Buffer.byteLength(description)) / UNIT_BYTES);
  return own + (COPIES - 1) * Math.ceil(bytes / UNIT_BYTES);
}

function largest(byCourse: Map<string, { valid: number; rejected: number }>): Tallied['byCourse'] {
  return [...byCourse]
    .map(([courseId, counts]) => ({ courseId, ...counts }))
    .sort((a, b) => b.valid + b.rejected - (a.valid + a.rejected) || (a.courseId < b.courseId ? -1 : 1))
    .slice(0, MAX_COURSES_SHOWN);
}
