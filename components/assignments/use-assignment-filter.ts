'use client';

import { parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';
import { ASSIGNMENT_STATUSES } from '@/lib/shared/assignment';

const parsers = {
  courseId: parseAsString,
  instructorId: parseAsString,
  status: parseAsStringLiteral(ASSIGNMENT_STATUSES),
  /** Calendar dates (YYYY-MM-DD) in the zone of the person. */
  dueFrom: parseAsString,
  dueTo: parseAsString,
  title: parseAsString.withDefault(''),
  order: parseAsStringLiteral(['asc', 'desc'] as const).withDefault('asc'),
  cursor: parseAsString,
};

/** The filter of the list as it stands in the URL, and how to change it: a new filter starts at its first page. */
export function useAssignmentFilter() {
  const [filter, setFilter] = useQueryStates(parsers);
  return {
    filter,
    change: (changes: Partial<typeof filter>) => setFilter({ cursor: null, ...changes }),
    goToPage: (cursor: string | null) => setFilter({ cursor }, { history: 'push' }),
    clear: () => setFilter({ ...EMPTY, courseId: filter.courseId }),
  };
}

const EMPTY = {
  instructorId: null,
  status: null,
  dueFrom: null,
  dueTo: null,
  title: null,
  order: null,
  cursor: null,
};

export type AssignmentFilterState = ReturnType<typeof useAssignmentFilter>;
