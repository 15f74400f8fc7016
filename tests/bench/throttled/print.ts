import type { Measured } from '@/tests/bench/throttled/measure';

/** A number beside its goal. */
export type Goal = {
  name: string;
  value: number;
  atLeast?: number;
  atMost?: number;
  as?: 'percent' | 'seconds';
};

const WIDTH = 42;

export const HEADER = `  ${'who'.padEnd(WIDTH)} goodput  refused   lost  handed back  drain/ideal     time`;

export const percent = (share: number) => `${(share * 100).toFixed(1)} %`;

/** One row of the table of contestants. */
export function line(name: string, run: Measured): string {
  return [
    `  ${name.padEnd(WIDTH)}`,
    run.goodput.toFixed(2).padStart(7),
    percent(run.refusedShare).padStart(8),
    String(run.lost).padStart(6),
    String(run.handedBack).padStart(12),
    (run.drainSeconds / run.idealSeconds).toFixed(2).padStart(12),
    `${run.seconds.toFixed(1)} s`.padStart(8),
  ].join(' ');
}

/** Each number with its goal and whether it is met; none is left out. */
export function goalLine(name: string, goals: Goal[]): string {
  const parts = goals.map((goal) => {
    const { value, atLeast = Number.NEGATIVE_INFINITY, atMost = Number.POSITIVE_INFINITY } = goal;
    const bound = goal.atLeast === undefined ? `<= ${show(atMost, goal)}` : `>= ${show(atLeast, goal)}`;
    return `${goal.name} ${show(value, goal)} ${value >= atLeast && value <= atMost ? '✓' : '✗'} (${bound})`;
  });
  return `  ${name.padEnd(WIDTH)} ${parts.join('   ')}`;
}

function show(value: number, { as, name }: Goal): string {
  if (as === 'percent') return percent(value);
  if (as === 'seconds') return `${value.toFixed(1)} s`;
  return Number.isInteger(value) && !name.includes('/') ? String(value) : value.toFixed(3);
}
