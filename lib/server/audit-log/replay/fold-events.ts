import { auditValue } from '@/lib/server/audit-log/assignment-event';
import { type Assignment, CONTENT_FIELDS } from '@/lib/shared/assignment';
import type { AssignmentEvent, AuditValue } from '@/lib/shared/audit-event';

/** An assignment as its events tell it. Long texts are there as the trail keeps them: beginning, length and hash. */
export type Folded = { exists: boolean; version: number; fields: Record<string, AuditValue> };

/**
 * What the events of one assignment make of it, from nothing (event sourcing, F9).
 * @param events all of them, oldest first
 */
export function foldEvents(events: readonly AssignmentEvent[]): Folded {
  const folded: Folded = { exists: false, version: 0, fields: {} };
  for (const { action, changes, assignmentVersion } of events) {
    folded.exists = action !== 'DELETE_ASSIGNMENT';
    folded.version = assignmentVersion;
    for (const [field, { after }] of Object.entries(changes)) folded.fields[field] = after;
  }
  return folded;
}

export type Difference = { field: string; stored: unknown; folded: unknown };

/** Where an assignment is not what its events say. */
export function differencesOf(stored: Assignment, folded: Folded): Difference[] {
  if (!folded.exists) return [{ field: 'assignment', stored: 'there', folded: 'not created, or deleted' }];
  const fields = CONTENT_FIELDS.map((field) => ({
    field: String(field),
    stored: auditValue(stored[field]),
    folded: folded.fields[field] ?? null,
  }));
  const version = { field: 'version', stored: stored.version, folded: folded.version };
  return [...fields, version].filter((pair) => JSON.stringify(pair.stored) !== JSON.stringify(pair.folded));
}
