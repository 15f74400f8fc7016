'use client';

import { type RefObject, useEffect, useRef } from 'react';
import { focusedKey, focusStop, stopAfterLoss, stopKeys } from '@/components/failed-items/triage-stops';

/**
 * Keeps the focus in the list: when the row that holds it leaves, the next one gets it, and when none is left, the element that
 * says so. Runs after every rendering; a focus that somebody put elsewhere stays there.
 */
export function useKeptFocus(fallback: RefObject<HTMLElement | null>) {
  const last = useRef<{ key: string; keys: string[] }>(undefined);

  useEffect(() => {
    const remember = () => {
      const key = focusedKey();
      if (key !== undefined) last.current = { key, keys: stopKeys() };
      else if (document.activeElement?.closest('dialog') === null) last.current = undefined;
    };
    document.addEventListener('focusin', remember);
    return () => document.removeEventListener('focusin', remember);
  }, []);

  useEffect(() => {
    const { activeElement } = document;
    const isLost = activeElement === null || activeElement === document.body;
    if (!isLost || !last.current) return;
    const { key, keys } = last.current;
    const now = stopKeys();
    const next = now.includes(key) ? key : stopAfterLoss(keys, now, key);
    if (!focusStop(next)) fallback.current?.focus();
  });
}
