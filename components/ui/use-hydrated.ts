'use client';

import { useSyncExternalStore } from 'react';

const subscribe = () => () => undefined;

/** Whether the page runs already. What is typed before that would be lost, so forms wait for it. */
export function useHydrated(): boolean {
  return useSyncExternalStore(
    subscribe,
    () => true,
    () => false,
  );
}
