import { createHmac } from 'node:crypto';
import { env } from '@/lib/server/env';
import type { AlertMessage } from '@/lib/shared/alert';

const TIMEOUT_MS = 5000;

/** The headers of a delivery; `docs/alerts.md` says how a receiver checks them. */
export const WEBHOOK_HEADERS = {
  delivery: 'X-Assignment-Desk-Delivery',
  timestamp: 'X-Assignment-Desk-Timestamp',
  signature: 'X-Assignment-Desk-Signature',
} as const;

/**
 * Posts a message to the webhook, signed with the shared secret. Any status from 200 to 299 means that it has arrived;
 * redirects are not followed.
 * @throws where it may not have arrived
 */
export async function sendWebhook(message: AlertMessage): Promise<void> {
  const { ALERT_WEBHOOK_URL: address, ALERT_WEBHOOK_SECRET: secret } = env;
  if (!address || !secret) throw new Error('The webhook is not configured');
  const body = JSON.stringify(message);
  const timestamp = String(Math.floor(Date.now() / 1000));
  const response = await fetch(address, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      [WEBHOOK_HEADERS.delivery]: message.deliveryId,
      [WEBHOOK_HEADERS.timestamp]: timestamp,
      [WEBHOOK_HEADERS.signature]: webhookSignature({ timestamp, body, secret }),
    },
    body,
    redirect: 'error',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  // Nobody reads what it says; the connection is free again.
  await response.body?.cancel();
  if (!response.ok) throw new Error(`The receiver answered ${response.status}`);
}

/** The time is signed as well, so that an old delivery cannot be played again later. */
export function webhookSignature({
  timestamp,
  body,
  secret,
}: Record<'timestamp' | 'body' | 'secret', string>): string {
  return `sha256=${createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')}`;
}
