import * as z from 'zod';

const SINGLE = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)\.([0-9a-f]{32})$/;
const ROW = /^([\w-]{1,100})\.(\d{1,9})$/;

/** Where an event is: by itself at an instant, or as one row in the segments of the batch that did it. */
export type AuditRef =
  | { kind: 'single'; time: string; eventId: string }
  | { kind: 'row'; batchId: string; rowNumber: number };

/** Names an event in URLs and files: its instant and its id, or its batch and row, with a dot between. */
export function auditRef(at: AuditRef): string {
  return at.kind === 'single' ? `${at.time}.${at.eventId}` : `${at.batchId}.${at.rowNumber}`;
}

/** Parses the name of an event. */
export const auditRefSchema = z.string().transform((ref, context): AuditRef => {
  const [, time, eventId] = SINGLE.exec(ref) ?? [];
  if (time && eventId) return { kind: 'single', time, eventId };
  const [, batchId, rowNumber] = ROW.exec(ref) ?? [];
  if (batchId && rowNumber) return { kind: 'row', batchId, rowNumber: Number(rowNumber) };
  context.addIssue({ code: 'custom', message: 'This is not the name of an event: take it from the list' });
  return z.NEVER;
});
