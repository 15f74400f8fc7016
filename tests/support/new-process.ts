import { vi } from 'vitest';

/**
 * Runs something as a process does that has just started: it imports its modules anew, and nothing of what this process
 * knows is there, only the database. Faults of the test do not reach it, because it has a client of its own.
 */
export async function inNewProcess<Result>(run: () => Promise<Result>): Promise<Result> {
  const { assignmentDeskState } = globalThis;
  globalThis.assignmentDeskState = undefined;
  vi.resetModules();
  try {
    return await run();
  } finally {
    globalThis.assignmentDeskState = assignmentDeskState;
  }
}
