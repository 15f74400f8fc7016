import { changeLegalHold } from '@/lib/server/audit-log/legal-hold/change-legal-hold';
import { readLegalHold } from '@/lib/server/audit-log/legal-hold/read-legal-hold';
import { route } from '@/lib/server/route';
import { legalHoldChangeSchema } from '@/lib/shared/audit-log';

export const GET = route(
  {
    operation: 'readLegalHold',
    failure: 'Failed to read the legal hold',
    permission: 'audit:read',
  },
  ({ requestId }) => readLegalHold(requestId),
);

export const POST = route(
  {
    operation: 'changeLegalHold',
    failure: 'Failed to change the legal hold',
    permission: 'audit:hold',
    body: legalHoldChangeSchema,
  },
  ({ body, actor, requestId }) => changeLegalHold(body, actor, requestId),
);
