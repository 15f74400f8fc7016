import { idOfResource } from '@/lib/server/audit-log/audit-event-item';
import { maskEvent } from '@/lib/server/audit-log/read/mask';
import type { WalkedEvent } from '@/lib/server/audit-log/read/walk-audit-log';
import type { AuditEvent } from '@/lib/shared/audit-event';
import type { EXPORT_FORMATS, ExportManifest } from '@/lib/shared/audit-log';
import { csvLine } from '@/lib/shared/csv-line';
import { safeCell } from '@/lib/shared/formula-cell';

export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** The first cell of the last line of a CSV export, which tells it from the events. */
export const MANIFEST_CELL = '# manifest';

const COLUMNS = [
  ...['ref', 'time', 'action', 'outcome', 'code', 'actorId', 'actorName', 'actorRole', 'actorDepartment'],
  ...['actorIp', 'actorSession', 'resourceKind', 'resourceId', 'courseId', 'title', 'batchId', 'rowNumber'],
  ...['requestId', 'reason', 'changes', 'details'],
] as const;

/** What comes before the first event. */
export function exportHead(format: ExportFormat): string {
  return format === 'csv' ? csvLine(COLUMNS) : '';
}

/** One event: a row of its fields, or the whole of it as JSON. Personal data is masked as on the page. */
export function exportLine(
  { ref, event }: WalkedEvent,
  format: ExportFormat,
  names: Record<string, { name: string }>,
): string {
  const masked = maskEvent(event);
  if (format === 'ndjson') return `${JSON.stringify({ ref, ...masked })}\n`;
  const cells = cellsOf(masked, names[event.actor.id]?.name ?? '');
  return csvLine([ref, ...cells].map(safeCell));
}

/** What comes after the last event. */
export function exportTail(manifest: ExportManifest): string {
  const json = JSON.stringify({ manifest });
  return manifest.format === 'csv' ? csvLine([MANIFEST_CELL, json]) : `${json}\n`;
}

function cellsOf(event: AuditEvent, actorName: string): string[] {
  const { actor, resource, time, action, outcome, requestId } = event;
  const { batch, code, reason, changes, counts, rows } = optionalsOf(event);
  const values = [
    ...[time, action, outcome, code],
    ...[actor.id, actorName, actor.role, actor.department, actor.ip, actor.sessionId],
    ...[resource.kind, idOfResource(resource)],
    ...['courseId' in resource ? resource.courseId : '', 'title' in resource ? resource.title : ''],
    ...[batch?.batchId, batch?.rowNumber, requestId, reason],
    ...[jsonOf(changes), jsonOf(counts ?? rows)],
  ];
  return values.map((value) => String(value ?? ''));
}

const jsonOf = (value: unknown) => (value === undefined || value === null ? '' : JSON.stringify(value));

/** What only some kinds of events have. */
function optionalsOf(event: AuditEvent) {
  return {
    batch: 'batch' in event ? event.batch : undefined,
    code: 'code' in event ? event.code : undefined,
    reason: 'reason' in event ? event.reason : undefined,
    changes: 'changes' in event ? event.changes : undefined,
    counts: 'counts' in event ? event.counts : undefined,
    rows: 'rows' in event ? event.rows : undefined,
  };
}
