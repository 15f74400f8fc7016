import { countOutcome } from '@/lib/server/batches/bulk/target-ends';
import { CANARY } from '@/lib/shared/failed-item';

/**
 * Whether the targets that went first succeeded well enough for the others to follow: nine of ten, and the same share where
 * some were skipped, since those say nothing about whether a retry works.
 * @param outcomes one letter each, as their chunk keeps them
 */
export function hasPassed(outcomes: string): boolean {
  const succeeded = countOutcome(outcomes, 'succeeded');
  const tried = succeeded + countOutcome(outcomes, 'failed');
  return succeeded * CANARY.items >= tried * CANARY.mustSucceed;
}
