import { sealedRecords } from '@/lib/server/audit-log/seals/sealed-records';
import { route } from '@/lib/server/route';
import { sealedHourParams, sealedRecordsQuerySchema } from '@/lib/shared/audit-seal';
import { mayRole } from '@/lib/shared/permissions';

export const GET = route(
  {
    operation: 'sealedRecords',
    failure: 'Failed to read what was sealed',
    permission: 'audit:read',
    params: sealedHourParams,
    query: sealedRecordsQuerySchema,
  },
  ({ params, query, actor, requestId }) =>
    sealedRecords(
      params.hour,
      { cursor: query.cursor, maySeeRecords: mayRole(actor.role, 'audit:personal') },
      requestId,
    ),
);
