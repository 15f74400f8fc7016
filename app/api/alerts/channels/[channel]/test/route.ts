import { testChannel } from '@/lib/server/alerts/deliveries/test-channel';
import { route } from '@/lib/server/route';
import { channelParams } from '@/lib/shared/alert';

export const POST = route(
  {
    operation: 'testChannel',
    failure: 'Failed to test the channel',
    permission: 'alert:handle',
    params: channelParams,
  },
  ({ params: { channel }, requestId }) => testChannel(channel, requestId),
);
