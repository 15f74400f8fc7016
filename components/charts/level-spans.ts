/** Each level from where it began to where the next did; the last one to the end. */
export function levelSpans(
  changes: readonly { at: string; level: string }[],
  end: string,
): { from: string; to: string; level: string }[] {
  return changes.map(({ at, level }, place) => ({ from: at, to: changes[place + 1]?.at ?? end, level }));
}
