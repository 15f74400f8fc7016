import { batchResourceKey, toBatchEvent } from '@/lib/server/audit-log/audit-event-item';
import { type EventPage, listEvents } from '@/lib/server/audit-log/list-events';
import type { Page } from '@/lib/shared/api';
import type { BatchEvent } from '@/lib/shared/audit-event';

/** Lists what people and workers did with a batch, newest first. */
export function listEventsOfBatch(batchId: string, page: EventPage): Promise<Page<BatchEvent>> {
  return listEvents(batchResourceKey(batchId), page, toBatchEvent);
}
