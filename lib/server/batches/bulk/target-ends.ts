import type { TargetOutcome, TargetResult } from '@/lib/shared/batch';

/** What became of one target, as a chunk keeps it: one letter each, in order. */
export const TARGET_LETTERS = { succeeded: 's', skipped: 'k', failed: 'f', cancelled: 'x' } as const;

export const CANCELLED_CODE = 'CANCELLED';

/** Why the targets of a cancelled batch were left alone. */
export const CANCELLED_TARGET = 'The batch was cancelled before the turn of this item';

/** What came of a target whose batch was cancelled before its turn. */
export function cancelledResult(target: string): TargetResult {
  return { target, outcome: 'skipped', code: CANCELLED_CODE, message: CANCELLED_TARGET };
}

/** The letters of these results. */
export function lettersOf(results: TargetResult[]): string {
  return results
    .map(({ outcome, code }) => TARGET_LETTERS[code === CANCELLED_CODE ? 'cancelled' : outcome])
    .join('');
}

/** How many of these letters say so; cancelled targets count as skipped. */
export function countOutcome(letters: string, outcome: TargetOutcome): number {
  const counted: string[] =
    outcome === 'skipped' ? [TARGET_LETTERS.skipped, TARGET_LETTERS.cancelled] : [TARGET_LETTERS[outcome]];
  return [...letters].filter((letter) => counted.includes(letter)).length;
}
