import { createHash } from 'node:crypto';
import * as z from 'zod';
import { type AlertItem, OUTBOX } from '@/lib/server/alerts/alert-item';
import { env } from '@/lib/server/env';
import { type AlertMessage, alertMessageSchema, type Channel, channelSchema } from '@/lib/shared/alert';

const outboxItemSchema = z.object({
  itemKey: z.string(),
  channel: channelSchema,
  message: alertMessageSchema,
  createdAt: z.string(),
  attempts: z.int(),
  /** Not to be sent before; while somebody sends it, the end of their lease. */
  nextAt: z.string(),
});

export type OutboxItem = z.infer<typeof outboxItemSchema>;

export const toOutboxItem = (item: Record<string, unknown>) => outboxItemSchema.parse(item);

type Owed = { channel: Channel; kind: 'firing' | 'resolved'; alert: AlertItem; at: string };

/** A message that is to be delivered. Its id follows from what it says, so that it is the same however often it is sent. */
export function outboxItem({ channel, kind, alert, at }: Owed) {
  const deliveryId = deliveryIdOf(alert.ruleId, String(alert.episode), kind, at, channel);
  const item: OutboxItem = {
    itemKey: `${at}#${deliveryId}`,
    ...{ channel, createdAt: at, attempts: 0, nextAt: at },
    message: messageOf({ kind, alert, at, deliveryId }),
  };
  return { lane: OUTBOX, ...item };
}

/** A message that shows whether a channel works. */
export function testMessage(channel: Channel, requestId: string): AlertMessage {
  const alert = {
    ...{ ruleId: 'test', title: 'Test', severity: 'ticket' as const, evidence: [], firedAt: null },
    sentence: 'This is a test message of Assignment Desk. Nothing is wrong.',
  };
  const at = new Date().toISOString();
  return messageOf({ kind: 'test', alert, at, deliveryId: deliveryIdOf('test', requestId, channel) });
}

function deliveryIdOf(...parts: string[]): string {
  return `delivery_${createHash('sha256').update(parts.join('#')).digest('hex').slice(0, 24)}`;
}

type Told = {
  kind: AlertMessage['kind'];
  alert: AlertMessage['alert'];
  at: string;
  deliveryId: string;
};

function messageOf({ kind, alert, at, deliveryId }: Told): AlertMessage {
  const { ruleId, title, severity, sentence, evidence, firedAt } = alert;
  return {
    ...{ version: 1, deliveryId, kind, at },
    alert: { ruleId, title, severity, sentence, evidence, firedAt },
    ...(env.PUBLIC_URL ? { url: new URL('/metrics', env.PUBLIC_URL).href } : {}),
  };
}
