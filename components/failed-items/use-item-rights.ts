'use client';

import type { ItemRights } from '@/components/failed-items/offers';
import { useMay } from '@/lib/client/session-context';

/** What the signed-in person may do with failed items at all. */
export function useItemRights(): ItemRights {
  return {
    mayRetry: useMay('failed-item:retry'),
    mayEdit: useMay('failed-item:edit'),
    mayDiscard: useMay('failed-item:discard'),
  };
}
