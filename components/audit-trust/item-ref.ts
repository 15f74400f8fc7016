import { auditRefSchema } from '@/lib/shared/audit-ref';

const SINGLE_KEY = /^A#[^|]*\|(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)#([0-9a-f]{32})$/;
const SEGMENT_KEY = /^S#([^|]+)\|rows#/;

/** Where a stored item can be looked at: as an event, or as the rows of a batch. Null where nothing shows it. */
export function hrefOfItem(item: string): string | null {
  const [, time, eventId] = SINGLE_KEY.exec(item) ?? [];
  const ref = time && eventId ? `${time}.${eventId}` : item;
  if (auditRefSchema.safeParse(ref).success) return `/audit-log?${new URLSearchParams({ event: ref })}`;
  const [, batchId] = SEGMENT_KEY.exec(item) ?? [];
  return batchId ? `/audit-log?${new URLSearchParams({ batchId })}` : null;
}
