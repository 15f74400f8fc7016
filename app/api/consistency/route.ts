import { takePart } from '@/lib/server/consistency/check-worker';
import { listRuns } from '@/lib/server/consistency/list-runs';
import { startCheck } from '@/lib/server/consistency/start-check';
import { env } from '@/lib/server/env';
import { route } from '@/lib/server/route';
import { AppError } from '@/lib/shared/app-error';

export const GET = route(
  {
    operation: 'listChecks',
    failure: 'Failed to read the checks',
    permission: 'consistency:read',
  },
  async ({ requestId }) => ({
    runs: await listRuns(requestId),
    everyHours: env.CONSISTENCY_EVERY_HOURS,
  }),
);

export const POST = route(
  {
    operation: 'startCheck',
    failure: 'Failed to start a check',
    permission: 'consistency:check',
    status: 202,
  },
  async ({ actor, requestId }) => {
    const run = await startCheck({ trigger: 'button', startedBy: actor }, requestId);
    if (!run) {
      const message = 'Another check has ended in this moment: start it again';
      throw new AppError('CONDITIONAL_FAILED', message, { errorClass: 'transient' });
    }
    takePart(run.runId);
    return run;
  },
);
