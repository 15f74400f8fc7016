import type { Outcome } from '@/lib/server/metrics/record';

/** How metrics count a commit: one that met another owner of its chunk has changed nothing. */
export function commitOutcome(isOurs: boolean): Outcome {
  return isOurs ? 'success' : 'CONDITIONAL_FAILED';
}
