import { listAuditLog } from '@/lib/server/audit-log/read/list-audit-log';
import { findAssignments } from '@/lib/server/requests/find-assignments';
import { findBatches } from '@/lib/server/requests/find-batches';
import { findFailedItems } from '@/lib/server/requests/find-failed-items';
import { newLooks } from '@/lib/server/requests/look';
import { readLines } from '@/lib/server/requests/read-lines';
import { readMinute } from '@/lib/server/requests/read-minute';
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
  const { looks, at, listAt } = newLooks(requestId);
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
  const failedItems = await listAt('failedItems', () => findFailedItems(asked, traces, requestId));
  for (const { assignmentId } of failedItems) if (assignmentId) traces.assignmentIds.add(assignmentId);
  const assignments = await listAt('assignments', () =>
    findAssignments(asked, traces.assignmentIds, requestId),
  );
  for (const { batchId } of [...failedItems, ...assignments]) if (batchId) traces.batchIds.add(batchId);
  const batches = await listAt('batches', () => findBatches(asked, traces.batchIds, requestId));
  const minute = await at('metrics', null, {
    read: () => readMinute(asked, requestId),
    count: (found) => found?.series.length ?? 0,
  });
  return {
    requestId: asked,
    beganAt: beganAt(asked),
    events,
    hasMoreEvents: trail !== undefined && trail.cursor !== null,
    people: trail?.people ?? {},
    ...{ assignments, failedItems, batches, lines, droppedLines: dropped, minute, looks },
  };
}

const eventsOf = (asked: string) =>
  auditListQuerySchema.parse({ requestId: asked, order: 'oldest', limit: EVENTS });
