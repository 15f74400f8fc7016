'use client';

import type { KeyboardEvent, PointerEvent } from 'react';
import { useChartTime } from '@/components/charts/chart-time';
import { type CursorStore, NO_CURSOR, selectionOf } from '@/components/charts/cursor-store';
import { slotAt, stretched } from '@/components/charts/time-window';

type Options = {
  /** The moment under the pointer (ms since 1970). */
  momentAt: (clientX: number) => number;
  /** Somebody asked for more of one slot. */
  onOpen: ((slotMs: number) => void) | undefined;
};

const MOVES: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, PageUp: -10, PageDown: 10 };

/**
 * Moves the shared cursor: by pointer, or by the arrow keys. Dragging, or Shift with the arrow keys and Enter, zooms into what
 * is selected, + and - zoom around the cursor; a click or Enter on one slot opens it.
 */
export function useTimeCursor({ momentAt, onOpen }: Options) {
  const { window, cursor, onZoom } = useChartTime();
  const slotUnder = (event: PointerEvent) => slotAt(window, momentAt(event.clientX));
  const lastSlot = slotAt(window, window.toMs);
  const headMs = () => cursor.get().headMs ?? lastSlot;

  function moveTo(slotMs: number, isSelecting: boolean) {
    const anchorMs = isSelecting ? (cursor.get().anchorMs ?? headMs()) : slotMs;
    cursor.set({ headMs: slotMs, anchorMs, isDragged: false });
  }

  function choose() {
    const selection = selectionOf(cursor.get());
    if (selection) zoomTo(selection.firstMs, selection.lastMs + window.stepMs);
    else if (cursor.get().headMs !== null) onOpen?.(headMs());
  }

  function zoomTo(fromMs: number, toMs: number) {
    cursor.set(NO_CURSOR);
    onZoom(fromMs, toMs);
  }

  const clear = () => cursor.set(NO_CURSOR);
  const answers: Record<string, () => void> = {
    '+': () => zoomBy(0.5, headMs()),
    '=': () => zoomBy(0.5, headMs()),
    '-': () => zoomBy(2),
    Enter: choose,
    Escape: clear,
  };

  function press(event: KeyboardEvent) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const slotMs = slotOfKey(event.key);
    if (slotMs !== undefined) moveTo(slotMs, event.shiftKey);
    else if (answers[event.key]) answers[event.key]?.();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  function slotOfKey(key: string): number | undefined {
    if (key === 'Home') return window.fromMs;
    if (key === 'End') return lastSlot;
    const move = MOVES[key];
    if (move === undefined) return undefined;
    // The first press shows the cursor where it stands.
    return cursor.get().headMs === null ? lastSlot : slotAt(window, headMs() + move * window.stepMs);
  }

  function zoomBy(factor: number, middleMs?: number) {
    const { fromMs, toMs } = stretched(window, factor, middleMs);
    zoomTo(fromMs, toMs);
  }

  return { onKeyDown: press, ...pointerHandlers(cursor, slotUnder, choose) };
}

/** Follows the pointer; a drag selects, and its end chooses what is selected. */
function pointerHandlers(
  cursor: CursorStore,
  slotUnder: (event: PointerEvent) => number,
  choose: () => void,
) {
  const leave = () => !cursor.get().isDragged && cursor.set(NO_CURSOR);
  return {
    onPointerDown: (event: PointerEvent) => {
      if (event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      const slotMs = slotUnder(event);
      cursor.set({ headMs: slotMs, anchorMs: slotMs, isDragged: true });
    },
    onPointerMove: (event: PointerEvent) => {
      const slotMs = slotUnder(event);
      const { isDragged, anchorMs, headMs } = cursor.get();
      if (slotMs !== headMs)
        cursor.set({ headMs: slotMs, anchorMs: isDragged ? anchorMs : slotMs, isDragged });
    },
    onPointerUp: () => {
      const state = cursor.get();
      if (!state.isDragged) return;
      cursor.set({ ...state, isDragged: false });
      choose();
    },
    onPointerCancel: () => cursor.set(NO_CURSOR),
    onPointerLeave: leave,
    onBlur: leave,
  };
}
