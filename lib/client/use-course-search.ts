'use client';

import { useQuery } from '@tanstack/react-query';
import { coursesQuery } from '@/lib/client/courses';
import { useDebounced } from '@/lib/client/use-debounced';
import type { AppError } from '@/lib/shared/app-error';

const OFFERED = 20;

/**
 * The courses whose id begins with `text`, as options of a ComboBox, and the line to show while there are none.
 * A text that is already the chosen course does not narrow the choice.
 */
export function useCourseSearch(text: string, chosenId?: string | null) {
  const wanted = text === chosenId ? '' : text.trim();
  const q = useDebounced(wanted);
  const { data, isPlaceholderData, isPending, error } = useQuery(coursesQuery({ q, limit: OFFERED }));
  // Until the answer is there, only those of the last one that match: nobody chooses what they did not ask for.
  const courses = data?.items.filter(({ courseId }) => beginsWith(courseId, wanted)) ?? [];
  return {
    options: courses.map(({ courseId, title }) => ({ id: courseId, label: courseId, detail: title })),
    emptyText: emptyText({ isSearching: isPending || isPlaceholderData || q !== wanted, error }),
  };
}

function beginsWith(courseId: string, text: string): boolean {
  return courseId.toLowerCase().startsWith(text.toLowerCase());
}

function emptyText({ isSearching, error }: { isSearching: boolean; error: AppError | null }): string {
  if (error) return error.message;
  return isSearching ? 'Searching…' : 'No course begins with this';
}
