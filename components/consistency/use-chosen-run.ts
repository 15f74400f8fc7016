'use client';

import { parseAsString, useQueryStates } from 'nuqs';

const parsers = { run: parseAsString, cursor: parseAsString };

/** The run that is shown and the page of its differences as they stand in the URL; without a run, the latest is shown. */
export function useChosenRun() {
  const [{ run, cursor }, setChoice] = useQueryStates(parsers);
  return {
    chosenRunId: run,
    cursor: cursor ?? '',
    chooseRun: (runId: string | null) => setChoice({ run: runId, cursor: null }, { history: 'push' }),
    goToPage: (next: string | null) => setChoice({ cursor: next }, { history: 'push' }),
  };
}
