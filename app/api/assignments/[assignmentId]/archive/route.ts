import { archiveAssignment } from '@/lib/server/assignments/archive-assignment';
import { route } from '@/lib/server/route';
import { assignmentParams, versionSchema } from '@/lib/shared/assignment';

export const POST = route(
  {
    operation: 'archiveAssignment',
    failure: 'Failed to archive assignment',
    permission: 'assignment:archive',
    params: assignmentParams,
    body: versionSchema,
  },
  ({ actor, params, body, requestId }) =>
    archiveAssignment(params.assignmentId, { version: body.version, actor, requestId }),
);
