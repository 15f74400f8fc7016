import { focusManager } from '@tanstack/react-query';
import { type BatchState, isFinal } from '@/lib/shared/batch';

const POLL_MS = {
  active: { visible: 1000, hidden: 10_000 },
  waiting: { visible: 5000, hidden: 30_000 },
} as const;

/** Whether this state moves by itself: ready and paused batches wait for a person. */
export function isActive(state: BatchState): boolean {
  return !isFinal(state) && state !== 'ready' && state !== 'paused';
}

/** How long until batches in these states are read again (ms), seldom while nobody looks; false once all have ended. */
export function pollMs(states: readonly BatchState[]): number | false {
  const pace = focusManager.isFocused() ? 'visible' : 'hidden';
  if (states.some(isActive)) return POLL_MS.active[pace];
  return states.some((state) => !isFinal(state)) ? POLL_MS.waiting[pace] : false;
}
