'use client';

import { useQuery } from '@tanstack/react-query';
import { coursesQuery } from '@/lib/client/courses';
import { useDebounced } from '@/lib/client/use-debounced';

const OFFERED = 20;

/**
 * The courses whose id begins with `text`, as options of a ComboBox, and the line to show while there are none.
 * A text that is already the chosen course does not narrow the choice.
 */
export function useCourseSearch(text: string, chosenId?: string | null) {
  const q = useDebounced(text === chosenId ? '' : text.trim());
  const { data, isPending, error } = useQuery(coursesQuery({ q, limit: OFFERED }));
  return {
    options:
      data?.items.map(({ courseId, title }) => ({ id: courseId, label: courseId, detail: title })) ?? [],
    emptyText: emptyText(isPending, error?.message),
  };
}

function emptyText(isPending: boolean, problem: string | undefined): string {
  if (isPending) return 'Searching…';
  return problem ?? 'No course begins with this';
}
