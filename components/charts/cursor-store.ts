/** Where the cursor of all charts stands (ms since 1970), and where a selection began that ends at it. */
export type CursorState = { headMs: number | null; anchorMs: number | null; isDragged: boolean };

export const NO_CURSOR: CursorState = { headMs: null, anchorMs: null, isDragged: false };

export type CursorStore = ReturnType<typeof createCursorStore>;

/** A cursor that charts share: it moves with the pointer, so only what shows it may render again. */
export function createCursorStore() {
  let state = NO_CURSOR;
  const listeners = new Set<() => void>();
  return {
    get: () => state,
    set: (next: CursorState) => {
      state = next;
      for (const notify of listeners) notify();
    },
    subscribe: (notify: () => void) => {
      listeners.add(notify);
      return () => listeners.delete(notify);
    },
  };
}

/** Slots from the first to the last that are selected, both included; null while nothing is. */
export function selectionOf({ headMs, anchorMs }: CursorState): { firstMs: number; lastMs: number } | null {
  if (headMs === null || anchorMs === null || headMs === anchorMs) return null;
  return { firstMs: Math.min(headMs, anchorMs), lastMs: Math.max(headMs, anchorMs) };
}
