'use client';

import { useEffect, useEffectEvent, useRef } from 'react';
import { areShortcutsOn } from '@/components/ui/shortcut-setting';

/** How long the second key of a sequence such as `g a` may take. */
const SEQUENCE_MS = 1000;

const TYPING = 'input, textarea, select, [contenteditable], [role="menu"], [role="listbox"]';

/**
 * Runs what belongs to a key (`n`) or a sequence (`g a`), unless the person is typing, a dialog is open, or
 * shortcuts are switched off.
 */
export function useShortcuts(shortcuts: Record<string, () => void>) {
  const first = useRef({ key: '', pressedAtMs: Number.NEGATIVE_INFINITY });

  const press = useEffectEvent((event: KeyboardEvent) => {
    if (!isForShortcuts(event)) return;
    const { key, pressedAtMs } = first.current;
    const isSecond = event.timeStamp - pressedAtMs < SEQUENCE_MS;
    const run = (isSecond ? shortcuts[`${key} ${event.key}`] : undefined) ?? shortcuts[event.key];
    first.current = { key: event.key, pressedAtMs: run ? Number.NEGATIVE_INFINITY : event.timeStamp };
    if (!run) return;
    event.preventDefault();
    run();
  });

  useEffect(() => {
    const listen = (event: KeyboardEvent) => press(event);
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, []);
}

function isForShortcuts(event: KeyboardEvent): boolean {
  const isPlain = !(event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented);
  const isTyping = event.target instanceof Element && event.target.closest(TYPING) !== null;
  return isPlain && !isTyping && !document.querySelector('dialog[open]') && areShortcutsOn();
}
