import { readAssignment } from '@/lib/server/assignments/read-assignment';
import { updateAssignment } from '@/lib/server/assignments/update-assignment';
import { route } from '@/lib/server/route';
import { assignmentChangesSchema, assignmentParams } from '@/lib/shared/assignment';

export const GET = route(
  {
    operation: 'readAssignment',
    failure: 'Failed to read assignment',
    permission: 'assignment:read',
    params: assignmentParams,
  },
  ({ actor, params, requestId }) => readAssignment(params.assignmentId, actor, requestId),
);

export const PATCH = route(
  {
    operation: 'updateAssignment',
    failure: 'Failed to update assignment',
    permission: 'assignment:update',
    params: assignmentParams,
    body: assignmentChangesSchema,
  },
  ({ actor, params, body: { version, ...changes }, requestId, idempotencyKey }) =>
    updateAssignment(params.assignmentId, { version, changes, actor, requestId, idempotencyKey }),
);
