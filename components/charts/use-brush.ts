'use client';

import { type KeyboardEvent, type PointerEvent, useState } from 'react';

/** First and last bar of a selection, both included. */
export type BarRange = { first: number; last: number };

type Options = { count: number; barAt: (clientX: number) => number; onSelect: (range: BarRange) => void };

/** Selects neighbouring bars by dragging, or by the arrow keys (with Shift for more than one) and Enter. */
export function useBrush({ count, barAt, onSelect }: Options) {
  const [brush, setBrush] = useState<{ anchor: number; head: number; isDragged: boolean } | null>(null);
  const head = brush?.head ?? count - 1;

  function step(by: number, isExtending: boolean) {
    const next = Math.min(Math.max(brush ? head + by : head, 0), count - 1);
    setBrush({ anchor: isExtending && brush ? brush.anchor : next, head: next, isDragged: false });
  }

  function press(event: KeyboardEvent) {
    const by = STEPS[event.key];
    if (by !== undefined) step(by, event.shiftKey);
    else if (event.key === 'Enter' && brush) onSelect(rangeOf(brush));
    else if (event.key === 'Escape') setBrush(null);
    else return;
    event.preventDefault();
  }

  return {
    head,
    range: brush && rangeOf(brush),
    handlers: {
      onKeyDown: press,
      onPointerDown: (event: PointerEvent) => {
        const bar = barAt(event.clientX);
        event.currentTarget.setPointerCapture(event.pointerId);
        setBrush({ anchor: bar, head: bar, isDragged: true });
      },
      onPointerMove: (event: PointerEvent) => {
        if (brush?.isDragged) setBrush({ ...brush, head: barAt(event.clientX) });
      },
      onPointerUp: () => {
        if (!brush?.isDragged) return;
        setBrush(null);
        onSelect(rangeOf(brush));
      },
      onPointerCancel: () => setBrush(null),
      onBlur: () => setBrush(null),
    },
  };
}

const STEPS: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, PageUp: -10, PageDown: 10 };

const rangeOf = ({ anchor, head }: { anchor: number; head: number }): BarRange => ({
  first: Math.min(anchor, head),
  last: Math.max(anchor, head),
});
