'use client';

import { useSyncExternalStore } from 'react';

/** A person who travels reloads the page: nothing tells a page that the zone changed. */
const subscribe = () => () => undefined;
const browserZone = () => new Intl.DateTimeFormat().resolvedOptions().timeZone;

/** The time zone of the person; UTC until the page runs in their browser, so that server and browser agree. */
export function useTimeZone(): string {
  return useSyncExternalStore(subscribe, browserZone, () => 'UTC');
}
