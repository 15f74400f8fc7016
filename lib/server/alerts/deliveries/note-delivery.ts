import { CHANNEL_LANE, placeOf } from '@/lib/server/alerts/alert-item';
import type { Channel } from '@/lib/shared/alert';

/** The write that counts a delivery over a channel. */
export function noteDelivered(channel: Channel) {
  return {
    Update: {
      ...placeOf(CHANNEL_LANE, channel),
      UpdateExpression: 'SET lastDeliveredAt = :now REMOVE lastFailure ADD delivered :one',
      ExpressionAttributeValues: { ':now': new Date().toISOString(), ':one': 1 },
    },
  };
}

/** The write that keeps why a channel failed, until it works again. */
export function noteFailure(channel: Channel, message: string) {
  return {
    Update: {
      ...placeOf(CHANNEL_LANE, channel),
      UpdateExpression: 'SET lastFailure = :failure',
      ExpressionAttributeValues: { ':failure': { at: new Date().toISOString(), message } },
    },
  };
}
