import { ITEM_STATE_LABELS, ITEM_STATE_TONES } from '@/components/failed-items/failed-item-labels';
import { Badge } from '@/components/ui/badge';
import type { FailedItemState } from '@/lib/shared/failed-item';

export function ItemStateBadge({ state }: { state: FailedItemState }) {
  return <Badge tone={ITEM_STATE_TONES[state]}>{ITEM_STATE_LABELS[state]}</Badge>;
}
