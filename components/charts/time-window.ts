/** The time that charts show, in slots of equal width: from the first millisecond to the one behind the last. */
export type TimeWindow = { fromMs: number; toMs: number; stepMs: number };

/** The slot that holds a moment, as its first millisecond; the nearest one where the moment lies outside. */
export function slotAt({ fromMs, toMs, stepMs }: TimeWindow, atMs: number): number {
  const last = Math.max(Math.ceil((toMs - fromMs) / stepMs) - 1, 0);
  const slot = Math.floor((atMs - fromMs) / stepMs);
  return fromMs + Math.min(Math.max(slot, 0), last) * stepMs;
}

/** A time around the same middle, as many times as long. */
export function stretched({ fromMs, toMs }: TimeWindow, factor: number, middleMs = (fromMs + toMs) / 2) {
  const halfMs = ((toMs - fromMs) * factor) / 2;
  return { fromMs: middleMs - halfMs, toMs: middleMs + halfMs };
}
