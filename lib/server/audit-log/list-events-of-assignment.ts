import { resourceKey, toAssignmentEvent } from '@/lib/server/audit-log/audit-event-item';
import { type EventPage, listEvents } from '@/lib/server/audit-log/list-events';
import { readSegmentEvent } from '@/lib/server/audit-log/read-segment-event';
import type { Page } from '@/lib/shared/api';
import type { Assignment } from '@/lib/shared/assignment';
import type { AssignmentEvent } from '@/lib/shared/audit-event';

/**
 * Lists the audit events of one assignment, newest first. The creation of one that came from a file lies in a segment of
 * its batch; it is the oldest, so it ends the last page.
 */
export async function listEventsOfAssignment(
  { assignmentId, batchId, rowNumber }: Pick<Assignment, 'assignmentId' | 'batchId' | 'rowNumber'>,
  page: EventPage,
): Promise<Page<AssignmentEvent>> {
  const { items, cursor } = await listEvents(resourceKey(assignmentId), page, toAssignmentEvent);
  if (cursor !== null || batchId === undefined || rowNumber === undefined) return { items, cursor };
  const creation = await readSegmentEvent({ batchId, rowNumber }, page.requestId);
  return { items: creation ? [...items, creation] : items, cursor };
}
