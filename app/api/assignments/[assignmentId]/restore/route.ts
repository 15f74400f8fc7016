import { restoreAssignment } from '@/lib/server/assignments/restore-assignment';
import { route } from '@/lib/server/route';
import { assignmentParams, versionSchema } from '@/lib/shared/assignment';

export const POST = route(
  {
    operation: 'restoreAssignment',
    failure: 'Failed to restore assignment',
    permission: 'assignment:archive',
    params: assignmentParams,
    body: versionSchema,
  },
  ({ actor, params, body, requestId }) =>
    restoreAssignment(params.assignmentId, { version: body.version, actor, requestId }),
);
