import type { Tone } from '@/components/ui/tone';
import type { AlertEvent, AlertState, Channel, ResponseId } from '@/lib/shared/alert';

type Label = { label: string; tone: Tone };

export const STATE_LABELS: Record<AlertState, Label> = {
  ok: { label: 'OK', tone: 'neutral' },
  pending: { label: 'Pending', tone: 'warning' },
  firing: { label: 'Firing', tone: 'danger' },
  resolved: { label: 'Resolved', tone: 'success' },
};

/** How soon somebody should look. */
export const SEVERITY_LABELS = { page: 'Now', ticket: 'Today' } as const;

export const EVENT_LABELS: Record<AlertEvent['kind'], Label> = {
  firing: STATE_LABELS.firing,
  resolved: STATE_LABELS.resolved,
  acknowledged: { label: 'Acknowledged', tone: 'info' },
  silenced: { label: 'Silenced', tone: 'neutral' },
};

export const CHANNEL_LABELS: Record<Channel, string> = { webhook: 'Webhook', sns: 'Amazon SNS' };

export const RESPONSE_LABELS: Record<ResponseId, { title: string; does: string }> = {
  'slow-down-batches': {
    title: 'Slow batches down',
    does: 'While DynamoDB throttles, batches keep half of their rate.',
  },
  'pause-batches': {
    title: 'Pause batches',
    does: 'While DynamoDB throttles or a breaker is open, the batches that run then wait. Afterwards those go on that nobody has touched.',
  },
  'retry-failed-items': {
    title: 'Retry failed items',
    does: 'After a recovery, one batch retries what failed meanwhile for a reason that time mends.',
  },
};
