import { listAuditLog } from '@/lib/server/audit-log/read/list-audit-log';
import { findAssignments } from '@/lib/server/requests/find-assignments';
import { findBatches } from '@/lib/server/requests/find-batches';
import { findFailedItems } from '@/lib/server/requests/find-failed-items';
import { newLooks } from '@/lib/server/requests/look';
import { readLines } from '@/lib/server/requests/read-lines';
import { tracesOf } from '@/lib/server/requests/traces';
import { auditListQuerySchema } from '@/lib/shared/audit-log';
import { beganAt, type RequestStory } from '@/lib/shared/request';

const EVENTS = 50;

/**
 * Everything that is known of a request, from every place that keeps something of it. A place that cannot be read is named,
 * and does not hide what the others know.
 * @param asked the ID of the request that is asked about; `requestId` is the one that asks
 */
export async function readRequest(asked: string, requestId: string): Promise<RequestStory> {
  const { looks, at } = newLooks(requestId);
  const [trail, { lines, dropped }] = await Promise.all([
    at('audit', undefined, {
      read: () => listAuditLog(eventsOf(asked), requestId),
      count: (page) => page?.items.length ?? 0,
    }),
    at(
      'lines',
      { lines: [], dropped: 0 },
      { read: () => readLines(asked, requestId), count: (found) => found.lines.length },
    ),
  ]);
  const events = trail?.items ?? [];
  const traces = tracesOf(events, lines);
  const failedItems = await at('failedItems', [], {
    read: () => findFailedItems(asked, traces, requestId),
    count: (items) => items.length,
  });
  const assignmentIds = [
    ...traces.assignmentIds,
    ...failedItems.flatMap(({ assignmentId }) => assignmentId ?? []),
  ];
  const assignments = await at('assignments', [], {
    read: () => findAssignments(asked, assignmentIds, requestId),
    count: (items) => items.length,
  });
  const batchIds = [
    ...traces.batchIds,
    ...[...failedItems, ...assignments].flatMap(({ batchId }) => batchId ?? []),
  ];
  const batches = await at('batches', [], {
    read: () => findBatches(asked, batchIds, requestId),
    count: (items) => items.length,
  });
  return {
    requestId: asked,
    beganAt: beganAt(asked),
    events,
    hasMoreEvents: trail !== undefined && trail.cursor !== null,
    people: trail?.people ?? {},
    ...{ assignments, failedItems, batches, lines, droppedLines: dropped, looks },
    minute: null,
  };
}

const eventsOf = (asked: string) =>
  auditListQuerySchema.parse({ requestId: asked, order: 'oldest', limit: EVENTS });
