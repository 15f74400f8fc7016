import { correctionReader } from '@/lib/server/batches/accept/corrected-item';
import { courseFinder } from '@/lib/server/batches/accept/find-courses';
import type { ChunkRow, RejectedRow } from '@/lib/server/batches/chunks/chunk';
import type { FileRow } from '@/lib/server/batches/file/file-row';
import type { FieldError } from '@/lib/shared/app-error';
import type { DateFrame } from '@/lib/shared/batch-dates';
import type { Mapping } from '@/lib/shared/batch-mapping';
import { type CompiledMapping, compileMapping } from '@/lib/shared/compiled-mapping';
import { mayEnterCourse } from '@/lib/shared/permissions';
import { courseIdOf, rowToAssignment } from '@/lib/shared/row-to-assignment';
import type { Actor } from '@/lib/shared/session';

/** A row as it is stored: valid, or rejected with its first problem as the cause under which it is counted. */
export type JudgedRow =
  | { isValid: true; row: ChunkRow }
  | { isValid: false; row: RejectedRow; cause: { field: string | null; message: string } };

type JudgeOptions = {
  mapping: Mapping;
  /** Grows while JSON is read. */
  columns: readonly string[];
  actor: Actor;
  requestId: string;
};

/** Without a course there is no time zone; its dates are judged by form only. */
const NO_COURSE: DateFrame = { timeZone: 'UTC', startsOn: '2000-01-01' };

/** Judges rows, a group at a time: the rules of the form, the existence of the course and the right to write in it. */
export function rowJudge({ mapping, columns, actor, requestId }: JudgeOptions) {
  const findCourses = courseFinder(requestId);
  let compiled = compileMapping(mapping, columns);
  let compiledColumns = columns.length;
  const correctionOf = correctionReader(columns);

  return async (rows: FileRow[]): Promise<JudgedRow[]> => {
    if (columns.length !== compiledColumns) {
      compiled = compileMapping(mapping, columns);
      compiledColumns = columns.length;
    }
    const courseIds = rows.map((row) => (row.problem ? '' : courseIdOf(row.cells, compiled)));
    const courses = await findCourses(courseIds);
    return rows.map((row, position) => {
      if (row.problem) return rejection(row, '', [{ field: '', message: row.problem }]);
      const courseId = courseIds[position] ?? '';
      return judge(row, { courseId, course: courses.get(courseId), compiled, actor, correctionOf });
    });
  };
}

type Judging = {
  courseId: string;
  /** Null where it does not exist, undefined where no course can have the id. */
  course: DateFrame | null | undefined;
  compiled: CompiledMapping;
  actor: Actor;
  correctionOf: ReturnType<typeof correctionReader>;
};

function judge(row: FileRow, { courseId, course, compiled, actor, correctionOf }: Judging): JudgedRow {
  const result = rowToAssignment(row.cells, compiled, course ?? NO_COURSE);
  const inCourse = course === undefined ? [] : courseProblems({ courseId, course, actor });
  const problems = [...inCourse, ...('problems' in result ? result.problems : [])];
  if (problems.length === 0 && 'assignment' in result) {
    const { rowNumber, cells } = row;
    return { isValid: true, row: { rowNumber, cells, ...correctionOf(cells), ...result } };
  }
  const isForbidden = course !== undefined && course !== null && inCourse.length > 0;
  return rejection(row, course === undefined ? '' : courseId, problems, isForbidden);
}

function courseProblems({
  courseId,
  course,
  actor,
}: {
  courseId: string;
  course: DateFrame | null;
  actor: Actor;
}): FieldError[] {
  if (course === null) return [{ field: 'courseId', message: `There is no course ${courseId}` }];
  if (mayEnterCourse(actor, courseId)) return [];
  return [{ field: 'courseId', message: `You do not teach ${courseId}, so you cannot write in it` }];
}

function rejection(
  { rowNumber, cells }: FileRow,
  courseId: string,
  problems: FieldError[],
  isForbidden = false,
): JudgedRow {
  const [first] = problems;
  const field = first?.field || null;
  const message =
    problems.length === 1
      ? (first?.message ?? '')
      : problems.map((problem) => `${problem.field}: ${problem.message}`).join('; ');
  const code = isForbidden ? 'FORBIDDEN' : 'VALIDATION_ERROR';
  return {
    isValid: false,
    row: { rowNumber, cells, courseId, code, field, message },
    cause: { field, message: first?.message ?? '' },
  };
}
