import { createBulkBatch } from '@/lib/server/batches/bulk/create-bulk-batch';
import { undoBatch } from '@/lib/server/batches/undo-batch';
import { deedsOf } from '@/lib/server/rollbacks/deeds-of';
import { rollBackCreate } from '@/lib/server/rollbacks/roll-back-create';
import { touchedAssignments } from '@/lib/server/rollbacks/touched-assignments';
import type { RollbackAnswer, RunRollback } from '@/lib/shared/rollback';
import type { Actor } from '@/lib/shared/session';

type Running = { actor: Actor; requestId: string };

/**
 * Rolls back: a create at once, an import by its undo, a person's deeds by a batch. Run again, each finds what is done.
 * @throws {AppError} CONDITIONAL_FAILED where the plan does not hold any more, NOT_FOUND, or what DynamoDB answered
 */
export async function runRollback(
  input: RunRollback,
  { actor, requestId }: Running,
): Promise<RollbackAnswer> {
  switch (input.kind) {
    case 'create':
      return { result: 'done', message: await rollBackCreate({ ...input, actor, requestId }) };
    case 'batch': {
      const { batchId } = await undoBatch(input.batchId, { actor, requestId, reason: input.reason });
      return { result: 'batch', batchId };
    }
    case 'actor':
      return rollBackActor(input, { actor, requestId });
  }
}

/** The batch goes over everything that the person touched, so that its results also say what stays and why. */
async function rollBackActor(
  input: Extract<RunRollback, { kind: 'actor' }>,
  { actor, requestId }: Running,
): Promise<RollbackAnswer> {
  const { person, deeds } = await deedsOf(input, requestId);
  const { batchId } = await createBulkBatch({
    kind: 'rollback',
    name: `what ${person.name} did`,
    reason: input.reason,
    targets: touchedAssignments(deeds, requestId),
    settings: deeds,
    actor,
    requestId,
    action: 'ROLL_BACK',
  });
  return { result: 'batch', batchId };
}
