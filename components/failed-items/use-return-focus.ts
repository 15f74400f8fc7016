'use client';

import { type RefObject, useEffect, useRef } from 'react';

/**
 * Gives the focus back to what held it before a question was asked, once the question is gone; where that has left the page, to
 * the fallback.
 */
export function useReturnFocus(isAsking: boolean, fallback?: RefObject<HTMLElement | null>) {
  const opener = useRef<HTMLElement>(null);

  useEffect(() => {
    const remember = ({ target }: FocusEvent) => {
      if (target instanceof HTMLElement && !target.closest('dialog')) opener.current = target;
    };
    document.addEventListener('focusin', remember);
    return () => document.removeEventListener('focusin', remember);
  }, []);

  useEffect(() => {
    if (isAsking || !opener.current || document.activeElement !== document.body) return;
    if (opener.current.isConnected) opener.current.focus();
    else fallback?.current?.focus();
  }, [isAsking, fallback]);
}
