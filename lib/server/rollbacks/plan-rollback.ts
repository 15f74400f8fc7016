import { planActor } from '@/lib/server/rollbacks/plan-actor';
import { planBatch } from '@/lib/server/rollbacks/plan-batch';
import { planCreate } from '@/lib/server/rollbacks/plan-create';
import type { RollbackInput, RollbackPlan } from '@/lib/shared/rollback';

/**
 * What a rollback would do, what it could not undo, and why. Writes nothing.
 * @throws {AppError} NOT_FOUND, or what DynamoDB answered
 */
export function planRollback(input: RollbackInput, requestId: string): Promise<RollbackPlan> {
  switch (input.kind) {
    case 'create':
      return planCreate(input, requestId);
    case 'batch':
      return planBatch(input, requestId);
    case 'actor':
      return planActor(input, requestId);
  }
}
