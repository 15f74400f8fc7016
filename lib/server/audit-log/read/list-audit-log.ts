import * as z from 'zod';
import { countByDirectory } from '@/lib/server/audit-log/read/count-by-directory';
import { newLines } from '@/lib/server/audit-log/read/list-entries';
import { newBudget } from '@/lib/server/audit-log/read/merge-partitions';
import { namesOf } from '@/lib/server/audit-log/read/people';
import { planRead, type ReadPlan } from '@/lib/server/audit-log/read/plan-read';
import { eventsIn, sortKey } from '@/lib/server/audit-log/read/summary-item';
import { walkSummaries } from '@/lib/server/audit-log/read/walk-summaries';
import { batchGet } from '@/lib/server/batch-get';
import { META } from '@/lib/server/batches/batch-item';
import { decodeCursor, encodeCursor } from '@/lib/server/cursor';
import { env } from '@/lib/server/env';
import type { AuditEntry, AuditFilter, AuditListQuery, AuditPage } from '@/lib/shared/audit-log';

const cursorSchema = z.object({ key: z.string() });

/**
 * A page of the audit trail. It reads the narrowest index, and ends early with a cursor instead of taking long: after 2,000
 * items or 300 ms.
 * @throws {AppError} VALIDATION_ERROR for a cursor that is not ours, or what DynamoDB answered
 */
export async function listAuditLog(query: AuditListQuery, requestId: string): Promise<AuditPage> {
  const { order, cursor, limit, ...filter } = query;
  const after = cursor === undefined ? undefined : decodeCursor(cursor, cursorSchema).key;
  const plan = await planRead(filter, requestId);
  const budget = newBudget();
  const perQuery = Math.min(200, limit * 2);
  const walk = walkSummaries({ plan, filter, order, after, budget, perQuery, requestId });
  const { entries, events, last, stoppedAt, isAtEnd } = await collect(walk, limit);
  const goesOnAt = stoppedAt ?? (isAtEnd ? undefined : last);
  return {
    items: await withFileNames(entries, requestId),
    cursor: goesOnAt === undefined ? null : encodeCursor({ key: goesOnAt }),
    ...{ scanned: budget.read, index: plan.index },
    estimate:
      goesOnAt === undefined && after === undefined
        ? { count: events, isExact: true }
        : estimateOf(plan, filter, events),
    stoppedEarly: stoppedAt !== undefined,
    reachedTime: stoppedAt?.slice(0, 24) ?? null,
    people: await namesOf(
      entries.map(({ actor }) => actor.id),
      requestId,
    ),
  };
}

type Collected = {
  entries: AuditEntry[];
  events: number;
  /** Sort key of the last item that is on the page. */
  last: string | undefined;
  /** Where the budget ended. */
  stoppedAt: string | undefined;
  isAtEnd: boolean;
};

async function collect(walk: ReturnType<typeof walkSummaries>, limit: number): Promise<Collected> {
  const lines = newLines(limit);
  let events = 0;
  let last: string | undefined;
  for (;;) {
    const next = await walk.next();
    if (next.done) {
      const stoppedAt = next.value?.stoppedAt;
      return { entries: lines.entries, events, last, stoppedAt, isAtEnd: stoppedAt === undefined };
    }
    if (!lines.add(next.value)) {
      await walk.return(undefined);
      return { entries: lines.entries, events, last, stoppedAt: undefined, isAtEnd: false };
    }
    events += eventsIn(next.value);
    last = sortKey(next.value);
  }
}

/** What the directory knows of the whole filter, or how much its index holds; never less than what was seen. */
function estimateOf(plan: ReadPlan, filter: AuditFilter, seen: number): AuditPage['estimate'] {
  const { count, isExact } = countByDirectory(plan, filter);
  if (isExact && count >= seen) return { count, isExact };
  return { count: Math.max(seen, plan.expected ?? 0, count), isExact: false };
}

/** A batch may be gone, or its file's name unknown: then the line names its ID. */
async function withFileNames(entries: AuditEntry[], requestId: string): Promise<AuditEntry[]> {
  const ids = new Set(entries.flatMap((entry) => (entry.kind === 'rows' ? [entry.sourceBatchId] : [])));
  if (ids.size === 0) return entries;
  const keys = [...ids].slice(0, 100).map((batchId) => ({ batchId, part: META }));
  const batches = await batchGet(env.BATCHES_TABLE, keys, { operation: 'fileNames', requestId });
  const names = new Map(batches.map(({ batchId, fileName }) => [batchId, fileName]));
  return entries.map((entry) => {
    if (entry.kind !== 'rows') return entry;
    const fileName = names.get(entry.sourceBatchId);
    return typeof fileName === 'string' ? { ...entry, fileName } : entry;
  });
}
