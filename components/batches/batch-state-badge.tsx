import { STATE_LABELS, STATE_TONES } from '@/components/batches/batch-labels';
import { Badge } from '@/components/ui/badge';
import type { BatchState } from '@/lib/shared/batch';

export function BatchStateBadge({ state }: { state: BatchState }) {
  return <Badge tone={STATE_TONES[state]}>{STATE_LABELS[state]}</Badge>;
}
