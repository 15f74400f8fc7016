import type { AuditEntry } from '@/lib/shared/audit-log';
import type { LogLine } from '@/lib/shared/request';

/** The IDs that the events and log lines of a request name. */
export type Traces = { assignmentIds: Set<string>; failedItemIds: Set<string>; batchIds: Set<string> };

/** Reads from the events and log lines of a request what it was about. */
export function tracesOf(events: readonly AuditEntry[], lines: readonly LogLine[]): Traces {
  const traces: Traces = { assignmentIds: new Set(), failedItemIds: new Set(), batchIds: new Set() };
  for (const event of events) addEvent(traces, event);
  for (const { facts } of lines) {
    addText(traces.assignmentIds, facts.assignmentId);
    addText(traces.failedItemIds, facts.failedItemId);
    addText(traces.batchIds, facts.batchId);
  }
  return traces;
}

function addEvent(traces: Traces, event: AuditEntry): void {
  if (event.kind === 'rows') {
    traces.batchIds.add(event.batchId).add(event.sourceBatchId);
    return;
  }
  const { resource, batch, bulkId } = event;
  addText(traces.batchIds, batch?.batchId);
  addText(traces.batchIds, bulkId);
  if (resource.kind === 'batch') traces.batchIds.add(resource.batchId);
  if (resource.kind === 'assignment') traces.assignmentIds.add(resource.assignmentId);
  if (resource.kind === 'failed_item') {
    traces.failedItemIds.add(resource.id);
    addText(traces.assignmentIds, resource.assignmentId);
  }
}

function addText(ids: Set<string>, id: unknown): void {
  if (typeof id === 'string') ids.add(id);
}
