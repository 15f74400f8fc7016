import { listAuditLog } from '@/lib/server/audit-log/read/list-audit-log';
import { dynamodb } from '@/lib/server/dynamodb';
import { newRequestId } from '@/lib/server/request-id';
import { type AuditFilter, auditListQuerySchema } from '@/lib/shared/audit-log';
import { filterCombinations } from '@/tests/bench/audit-filters';
import type { Load } from '@/tests/load/audit-events';

/** First pages of each combination of filters. */
const PAGES = 10;

export type Pages = {
  name: string;
  ms: number[];
  /** The most that one page took. */
  queries: number;
  scanned: number;
  /** Pages that ended early with a cursor. */
  stopped: number;
};

/** First pages of every combination of filters, newest first, each with what it took. */
export async function readPages(load: Load): Promise<Pages[]> {
  let queries = 0;
  dynamodb.middlewareStack.add(
    (next) => (args) => {
      queries += 1;
      return next(args);
    },
    { step: 'initialize', name: 'countQueries' },
  );
  // The first answer of a process reads the directory of all hours, which it keeps.
  for (const { filterFor } of filterCombinations()) await firstPage(filterFor(99, load));

  const all: Pages[] = [];
  for (const { name, filterFor } of filterCombinations()) {
    const pages: Pages = { name, ms: [], queries: 0, scanned: 0, stopped: 0 };
    for (let at = 0; at < PAGES; at++) {
      const filter = filterFor(at, load);
      queries = 0;
      const began = performance.now();
      const { scanned, stoppedEarly } = await firstPage(filter);
      pages.ms.push(performance.now() - began);
      pages.queries = Math.max(pages.queries, queries);
      pages.scanned = Math.max(pages.scanned, scanned);
      if (stoppedEarly) pages.stopped += 1;
    }
    all.push(pages);
  }
  return all;
}

function firstPage({ action, ...filter }: AuditFilter) {
  const query = auditListQuerySchema.parse({ ...filter, ...(action ? { action: action.join(',') } : {}) });
  return listAuditLog(query, newRequestId());
}
