import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type * as z from 'zod';
import { channelSetting } from '@/lib/server/alerts/deliveries/channels';
import { noteDelivered, noteFailure } from '@/lib/server/alerts/deliveries/note-delivery';
import { testMessage } from '@/lib/server/alerts/deliveries/outbox-item';
import { sendMessage } from '@/lib/server/alerts/deliveries/send-message';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { withRetry } from '@/lib/server/retry';
import type { Channel, channelTestSchema } from '@/lib/shared/alert';
import { AppError } from '@/lib/shared/app-error';

/**
 * Sends a test message over a channel, once and at once, and says what came of it.
 * @throws {AppError} CONDITIONAL_FAILED where the channel is not set up; what DynamoDB answered
 */
export async function testChannel(
  channel: Channel,
  requestId: string,
): Promise<z.infer<typeof channelTestSchema>> {
  const { isConfigured, target } = channelSetting(channel);
  if (!isConfigured) throw new AppError('CONDITIONAL_FAILED', target, { errorClass: 'business' });
  const failure = await sendMessage(channel, testMessage(channel, requestId));
  const { Update } = failure === null ? noteDelivered(channel) : noteFailure(channel, failure);
  const context = { operation: 'testChannel', requestId, maxRetries: env.MAX_RETRIES };
  await withRetry(() => documentClient.send(new UpdateCommand(Update)), context);
  return failure === null
    ? { isDelivered: true, message: `Delivered to ${target}` }
    : { isDelivered: false, message: failure };
}
