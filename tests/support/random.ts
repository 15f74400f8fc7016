/** Random choices that repeat for the same seed. */
export type Random = {
  /** From 0 up to, but without, 1. */
  next: () => number;
  /** A whole number from `min` to `max`, both included. */
  between: (min: number, max: number) => number;
  /** True in about this share (0 to 1) of the calls. */
  chance: (share: number) => boolean;
  shuffled: <Item>(items: readonly Item[]) => Item[];
};

/** Source: Tommy Ettinger's generator "mulberry32" (public domain). */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    next,
    between: (min, max) => min + Math.floor(next() * (max - min + 1)),
    chance: (share) => next() < share,
    shuffled: (items) =>
      items
        .map((item) => ({ item, place: next() }))
        .sort((first, second) => first.place - second.place)
        .map(({ item }) => item),
  };
}
