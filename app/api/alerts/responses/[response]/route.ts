import { switchResponse } from '@/lib/server/alerts/responses/switch-response';
import { route } from '@/lib/server/route';
import { responseParams, switchSchema } from '@/lib/shared/alert';

export const POST = route(
  {
    operation: 'switchResponse',
    failure: 'Failed to switch the response',
    permission: 'response:switch',
    params: responseParams,
    body: switchSchema,
  },
  ({ params: { response }, body: { isOn }, actor, requestId }) =>
    switchResponse({ responseId: response, isOn, actor, requestId }),
);
