import { readRequest } from '@/lib/server/requests/read-request';
import { route } from '@/lib/server/route';
import { requestParams } from '@/lib/shared/request';

export const GET = route(
  {
    operation: 'readRequest',
    failure: 'Failed to read the request',
    permission: 'request:read',
    params: requestParams,
  },
  ({ params, requestId }) => readRequest(params.requestId, requestId),
);
