'use client';

import type { KeyboardEvent } from 'react';
import { useShortcuts } from '@/components/ui/use-shortcuts';

const TARGET = 'data-audit-entry';

/** The attribute of the control that takes the focus of its entry. */
export const ENTRY_TARGET = { [TARGET]: true };

/** j and k go from entry to entry anywhere on the page, the arrow keys once an entry has the focus; Enter opens it. */
export function useEntryKeys() {
  useShortcuts({ j: () => move(1), k: () => move(-1) });
  return (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step === 0 || !document.activeElement?.hasAttribute(TARGET)) return;
    event.preventDefault();
    move(step);
  };
}

function move(step: 1 | -1) {
  const targets = [...document.querySelectorAll<HTMLElement>(`[${TARGET}]`)];
  const at = targets.findIndex((target) => target === document.activeElement);
  const next = targets[at < 0 ? 0 : at + step];
  next?.focus();
  next?.scrollIntoView({ block: 'nearest' });
}
