'use client';

import { useSyncExternalStore } from 'react';

const STEP_MS = 1000;

function subscribe(notify: () => void) {
  const timer = setInterval(notify, STEP_MS);
  return () => clearInterval(timer);
}

const currentSecondMs = () => Math.floor(Date.now() / STEP_MS) * STEP_MS;

/** The present moment in steps of a second (ms since 1970); 0 until the page runs in the browser. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, currentSecondMs, () => 0);
}
