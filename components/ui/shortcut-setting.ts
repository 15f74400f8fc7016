'use client';

import { useSyncExternalStore } from 'react';

const KEY = 'shortcuts';
const CHANGED = 'shortcuts-changed';

function subscribe(notify: () => void) {
  window.addEventListener('storage', notify);
  window.addEventListener(CHANGED, notify);
  return () => {
    window.removeEventListener('storage', notify);
    window.removeEventListener(CHANGED, notify);
  };
}

/** Whether single keys do things. People who dictate can switch them off (WCAG 2.1.4); the browser remembers. */
export const areShortcutsOn = () => localStorage.getItem(KEY) !== 'off';

export function switchShortcuts(isOn: boolean) {
  localStorage.setItem(KEY, isOn ? 'on' : 'off');
  window.dispatchEvent(new Event(CHANGED));
}

/** The setting, for showing it. */
export function useShortcutSetting(): boolean {
  return useSyncExternalStore(subscribe, areShortcutsOn, () => true);
}
