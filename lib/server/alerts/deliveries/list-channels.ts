import * as z from 'zod';
import { CHANNEL_LANE, OUTBOX, readLane } from '@/lib/server/alerts/alert-item';
import { channelSetting } from '@/lib/server/alerts/deliveries/channels';
import { CHANNELS, type ChannelState, channelSchema, channelStateSchema } from '@/lib/shared/alert';

const storedSchema = channelStateSchema
  .pick({ delivered: true, lastDeliveredAt: true, lastFailure: true })
  .partial()
  .extend({ itemKey: channelSchema });

const waitingSchema = z.object({ channel: channelSchema });

/**
 * Every channel with what became of its messages.
 * @throws {AppError} what DynamoDB answered
 */
export async function listChannels(requestId: string): Promise<ChannelState[]> {
  const [stored, outbox] = await Promise.all([
    readLane(CHANNEL_LANE, requestId),
    readLane(OUTBOX, requestId),
  ]);
  const known = stored.map((item) => storedSchema.parse(item));
  const waiting = outbox.map((item) => waitingSchema.parse(item).channel);
  return CHANNELS.map((channel) => {
    const state = known.find(({ itemKey }) => itemKey === channel);
    return {
      ...{ channel, ...channelSetting(channel) },
      delivered: state?.delivered ?? 0,
      waiting: waiting.filter((other) => other === channel).length,
      lastDeliveredAt: state?.lastDeliveredAt ?? null,
      lastFailure: state?.lastFailure ?? null,
    };
  });
}
