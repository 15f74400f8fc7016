'use client';

import { type KeyboardEvent, useState } from 'react';

type OptionList = {
  count: number;
  onChoose: (index: number) => void;
};

const CLOSED = { isOpen: false, active: -1 };

/**
 * Which option of an open list is active, and what the keys do with it.
 * Source: "Combobox Pattern", ARIA Authoring Practices Guide, W3C.
 */
export function useOptionList({ count, onChoose }: OptionList) {
  const [{ isOpen, active }, setList] = useState(CLOSED);

  const open = () => setList({ isOpen: true, active: -1 });
  const close = () => setList(CLOSED);
  const move = (step: 1 | -1) => {
    const from = active === -1 && step === -1 ? 0 : active;
    setList({ isOpen: true, active: count === 0 ? -1 : (from + step + count) % count });
  };

  function actionOf(key: string): (() => void) | undefined {
    if (key === 'ArrowDown') return () => move(1);
    if (key === 'ArrowUp') return () => move(-1);
    if (key === 'Enter' && isOpen && active >= 0) return () => choose(active);
    return key === 'Escape' && isOpen ? close : undefined;
  }

  function choose(index: number) {
    close();
    onChoose(index);
  }

  function press(event: KeyboardEvent) {
    const act = actionOf(event.key);
    if (!act) return;
    event.preventDefault();
    act();
  }

  return { isOpen, active: Math.min(active, count - 1), open, close, choose, press };
}
