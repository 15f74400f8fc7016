import { lookAfter } from '@/lib/server/batches/worker/batch-worker';
import { runRollback } from '@/lib/server/rollbacks/run-rollback';
import { route } from '@/lib/server/route';
import { runRollbackSchema } from '@/lib/shared/rollback';

export const POST = route(
  {
    operation: 'runRollback',
    failure: 'Failed to roll back',
    permission: 'rollback:run',
    body: runRollbackSchema,
  },
  async ({ actor, body, requestId }) => {
    const answer = await runRollback(body, { actor, requestId });
    if (answer.result === 'batch') lookAfter(answer.batchId);
    return answer;
  },
);
