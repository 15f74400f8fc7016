import type { ProcessName } from '@/tests/crash/processes';
import type { Random } from '@/tests/support/random';

/** The part of a batch's life in which a process is killed. */
export const PHASES = ['accept', 'run', 'cancel', 'undo', 'retry'] as const;

export type Phase = (typeof PHASES)[number];

/** Everything that is left to chance in a round, drawn before it begins, so that a seed repeats it. */
export type RoundPlan = {
  round: number;
  phase: Phase;
  rows: number;
  courses: number;
  /** Share of the rows that can never be created. */
  badShare: number;
  /** A second process works on the same engine. */
  hasSecond: boolean;
  /** When processes are killed, as shares (0 to 1) of the expected length of what they do. */
  killMoments: number[];
  /** Who is killed each time. */
  victims: ProcessName[];
  /** When Cancel is pressed, as a share of the expected length of the run. */
  cancelMoment: number;
  /** Rows that a person edits before the undo, which must survive it. */
  edits: number;
};

/** Draws a round. */
export function planRound(round: number, phase: Phase, random: Random): RoundPlan {
  const killTwice = random.chance(0.35);
  const hasSecond = random.chance(0.35);
  const victim = (): ProcessName => (hasSecond && random.chance(0.5) ? 'B' : 'A');
  return {
    round,
    phase,
    // A retry writes row by row.
    rows: phase === 'retry' ? random.between(150, 700) : random.between(300, 1500),
    courses: random.between(3, 8),
    badShare: 0.01 + random.next() * 0.06,
    hasSecond,
    killMoments: [random.next(), ...(killTwice ? [random.next()] : [])],
    // Uploads go to A.
    victims: [phase === 'accept' ? 'A' : victim(), victim()],
    cancelMoment: random.next() * 0.7,
    edits: random.between(0, 5),
  };
}
