import { STATUS_LABELS, STATUS_TONES } from '@/components/assignment-form/assignment-labels';
import { Badge } from '@/components/ui/badge';
import type { AssignmentStatus } from '@/lib/shared/assignment';

export function StatusBadge({ status }: { status: AssignmentStatus }) {
  return <Badge tone={STATUS_TONES[status]}>{STATUS_LABELS[status]}</Badge>;
}
