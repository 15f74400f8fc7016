'use client';

import { useQueries } from '@tanstack/react-query';
import type { Sample } from '@/lib/client/batch-sample';
import { coursesQuery } from '@/lib/client/courses';
import type { Mapping } from '@/lib/shared/batch-mapping';
import { type CompiledMapping, compileMapping, valuesOf } from '@/lib/shared/compiled-mapping';
import { courseIdSchema } from '@/lib/shared/course';
import { courseIdOf, type RowResult, rowToAssignment } from '@/lib/shared/row-to-assignment';

const SHOWN = 5;

/** Stands in for a course that is unknown: the row is refused for that anyway. */
const NO_COURSE = { timeZone: 'UTC', startsOn: '1970-01-01' };

/** A row as it reads: its plain values, and what becomes of it; null while its course is being looked up. */
export type SampleRow = { values: ReturnType<typeof valuesOf>; result: RowResult | null };

/** The first rows of a file as a mapping reads them, by the same rules as on the server. */
export function useSampleRows(sample: Sample, mapping: Mapping): SampleRow[] {
  const compiled = compileMapping(mapping, sample.columns);
  const rows = sample.rows.slice(0, SHOWN);
  const courseIds = [...new Set(rows.map((cells) => courseIdOf(cells, compiled)))].filter(
    (courseId) => courseIdSchema.safeParse(courseId).success,
  );
  const courses = useQueries({
    queries: courseIds.map((courseId) => coursesQuery({ q: courseId, limit: 1 })),
  });
  return rows.map((cells) => {
    const position = courseIds.indexOf(courseIdOf(cells, compiled));
    return { values: valuesOf(cells, compiled), result: readRow(cells, compiled, courses[position]) };
  });
}

type CourseAnswer = ReturnType<typeof useQueries<ReturnType<typeof coursesQuery>[]>>[number];

function readRow(
  cells: readonly string[],
  compiled: CompiledMapping,
  answer: CourseAnswer | undefined,
): RowResult | null {
  if (answer && (answer.isPending || answer.isPlaceholderData)) return null;
  const courseId = courseIdOf(cells, compiled);
  const course = answer?.data?.items.find((candidate) => candidate.courseId === courseId);
  const result = rowToAssignment(cells, compiled, course ?? NO_COURSE);
  if (course || 'problems' in result || !answer?.data) return result;
  return { problems: [{ field: 'courseId', message: `There is no course ${courseId}` }] };
}
