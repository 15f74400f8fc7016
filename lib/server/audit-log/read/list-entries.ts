import { maskActor, maskResource } from '@/lib/server/audit-log/read/mask';
import type { EventItem, SegmentSummary, SummaryItem } from '@/lib/server/audit-log/read/summary-item';
import type { AuditEntry, AuditEventEntry, AuditRowsEntry } from '@/lib/shared/audit-log';
import { auditRef } from '@/lib/shared/audit-ref';

/** Collects the lines of a page: segments of the same batch and action become one line. */
export function newLines(limit: number) {
  const entries: AuditEntry[] = [];
  const rowsByBatch = new Map<string, AuditRowsEntry>();
  return {
    entries,
    /** Takes an item up; false where it needs a line more than the page has. */
    add(item: SummaryItem): boolean {
      const known = item.kind === 'segment' ? rowsByBatch.get(nameOf(item)) : undefined;
      if (known && item.kind === 'segment') {
        addSegment(known, item);
        return true;
      }
      if (entries.length === limit) return false;
      if (item.kind === 'event') {
        entries.push(toEventEntry(item));
        return true;
      }
      const entry = toRowsEntry(item);
      entries.push(entry);
      rowsByBatch.set(nameOf(item), entry);
      return true;
    },
  };
}

const nameOf = ({ batchId, action }: SegmentSummary) => `${batchId}#${action}`;

function addSegment(entry: AuditRowsEntry, { events, ingestedAt }: SegmentSummary): void {
  entry.rows += events;
  entry.segments += 1;
  if (ingestedAt < entry.firstTime) entry.firstTime = ingestedAt;
  if (ingestedAt > entry.lastTime) entry.lastTime = ingestedAt;
}

function toRowsEntry(item: SegmentSummary): AuditRowsEntry {
  const { action, batchId, sourceBatchId, actor, requestId, events, ingestedAt } = item;
  return {
    ...{ kind: 'rows', action, batchId, sourceBatchId, fileName: null, actor: maskActor(actor), requestId },
    ...{ rows: events, segments: 1, firstTime: ingestedAt, lastTime: ingestedAt },
  };
}

/** A single event, or a row, as lists show it: without clear personal data. */
export function toEventEntry(item: EventItem): AuditEventEntry {
  const { action, outcome, requestId, time, batch, lane, eventId } = item;
  const isRow = lane.startsWith('S#') && batch !== undefined;
  return {
    kind: 'event',
    ref: isRow
      ? auditRef({ kind: 'row', batchId: lane.slice(2), rowNumber: batch.rowNumber })
      : auditRef({ kind: 'single', time, eventId }),
    ...{ action, outcome, requestId, time },
    actor: maskActor(item.actor),
    resource: maskResource(item.resource),
    ingestedAt: item.ingestedAt ?? null,
    code: item.code ?? null,
    reason: item.reason ?? null,
    batch: batch ?? null,
    bulkId: item.bulkId ?? null,
    state: item.state ?? null,
    counts: item.counts ?? null,
    rows: item.rows ?? null,
  };
}
