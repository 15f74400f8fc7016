import { sendSns } from '@/lib/server/alerts/deliveries/send-sns';
import { sendWebhook } from '@/lib/server/alerts/deliveries/send-webhook';
import type { AlertMessage, Channel } from '@/lib/shared/alert';

const SENDERS: Record<Channel, (message: AlertMessage) => Promise<void>> = {
  webhook: sendWebhook,
  sns: sendSns,
};

const LONGEST_MESSAGE = 300;

/**
 * Sends a message over a channel, once. Never throws.
 * @returns why it may not have arrived, or null
 */
export async function sendMessage(channel: Channel, message: AlertMessage): Promise<string | null> {
  try {
    await SENDERS[channel](message);
    return null;
  } catch (thrown) {
    return reasonOf(thrown).slice(0, LONGEST_MESSAGE);
  }
}

/** `fetch` says only that it failed, and keeps why in its cause. */
function reasonOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown);
  const cause = thrown.cause instanceof Error ? `: ${thrown.cause.message}` : '';
  return `${thrown.message || thrown.name}${cause}`;
}
