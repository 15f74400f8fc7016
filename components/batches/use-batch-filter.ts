'use client';

import { parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';
import { BATCH_STATES } from '@/lib/shared/batch';

const parsers = { state: parseAsStringLiteral(BATCH_STATES), cursor: parseAsString };

/** State and page of the list as they stand in the URL, and how to change them: another state starts at its first page. */
export function useBatchFilter() {
  const [filter, setFilter] = useQueryStates(parsers);
  return {
    filter,
    chooseState: (state: typeof filter.state) => setFilter({ state, cursor: null }),
    goToPage: (cursor: string | null) => setFilter({ cursor }, { history: 'push' }),
  };
}
