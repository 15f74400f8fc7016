/** The waits that are compared, in milliseconds. */
export const WAITS_MS = [50, 100, 200, 400, 800, 1600, 3200, 5000];

/** Retries after a wait: how many succeeded and how many were refused; old ones count less, so these are no whole numbers. */
export type Outcomes = { succeeded: number; refused: number };

/** What is known of one table and throttle reason, by the positions of `WAITS_MS`. */
export type Model = Outcomes[];

/** What the model believes of one wait. `costMs`: the time until success to expect, with what refused attempts waste. */
export type WaitBelief = { waitMs: number; outcomes: number; chance: number; costMs: number };

/** Below so many outcomes the model does not decide. */
export const ENOUGH_OUTCOMES = 50;

/** What a refused attempt costs beside the wait: it takes capacity and a connection that others could use. */
const WASTE_MS = 150;

/** How much the chance over all waits counts where one wait has few outcomes of its own. */
const PRIOR_OUTCOMES = 4;

/** One wait in so many is a neighbour of the best, so that the model notices when the best one changes. */
const EXPLORE_SHARE = 0.1;

export const newModel = (): Model => WAITS_MS.map(() => ({ succeeded: 0, refused: 0 }));

/** The position of the compared wait that is nearest to a wait, by factor. */
export function nearestWait(waitMs: number): number {
  const distance = (other: number) => Math.abs(Math.log(Math.max(waitMs, 1) / other));
  return WAITS_MS.reduce(
    (best, other, position) =>
      distance(other) < distance(WAITS_MS[best] ?? Number.POSITIVE_INFINITY) ? position : best,
    0,
  );
}

export const outcomesOf = (model: Model): number =>
  model.reduce((sum, { succeeded, refused }) => sum + succeeded + refused, 0);

/**
 * What is believed of each wait: the mean of a Beta distribution whose prior is the chance over all waits.
 * Source of the cost: with chance p of success after each wait w, the waits until success are 1 / p in number, and
 * (1 - p) / p attempts are refused.
 */
export function believe(model: Model): WaitBelief[] {
  const total = outcomesOf(model);
  const overall = (model.reduce((sum, { succeeded }) => sum + succeeded, 0) + 1) / (total + 2);
  return WAITS_MS.map((waitMs, position) => {
    const { succeeded, refused } = model[position] ?? { succeeded: 0, refused: 0 };
    const outcomes = succeeded + refused;
    const chance = (succeeded + overall * PRIOR_OUTCOMES) / (outcomes + PRIOR_OUTCOMES);
    return { waitMs, outcomes, chance, costMs: waitMs / chance + (WASTE_MS * (1 - chance)) / chance };
  });
}

/** The wait that is expected to cost least, at most `mostMs`; undefined where too little is known. */
export function bestWait(model: Model, mostMs: number): WaitBelief | undefined {
  if (outcomesOf(model) < ENOUGH_OUTCOMES) return undefined;
  return believe(model)
    .filter(({ waitMs }) => waitMs <= mostMs)
    .reduce<WaitBelief | undefined>(
      (best, belief) => (best && best.costMs <= belief.costMs ? best : belief),
      undefined,
    );
}

/**
 * The wait that the model chooses, spread by a quarter so that callers refused together come back apart, and now and then
 * that of a neighbour; undefined where too little is known.
 */
export function learnedWaitMs(
  model: Model,
  { mostMs, random = Math.random }: { mostMs: number; random?: () => number },
): number | undefined {
  const best = bestWait(model, mostMs);
  if (!best) return undefined;
  const step = random() < EXPLORE_SHARE ? (random() < 0.5 ? -1 : 1) : 0;
  const waitMs = WAITS_MS[WAITS_MS.indexOf(best.waitMs) + step] ?? best.waitMs;
  return Math.min(Math.round(waitMs * (0.75 + random() / 2)), mostMs);
}
