/**
 * The places that the keyboard stops at, in the order of the page: groups and rows. Each is an element that says its key, with
 * one control inside that takes the focus.
 */
const STOP = 'data-stop';
const TARGET = 'data-stop-target';

export type Stop = { kind: 'group' | 'item'; id: string };

/** The attribute that makes an element a stop. */
export const stopAttribute = ({ kind, id }: Stop) => ({ [STOP]: `${kind}:${id}` });

/** The attribute of the control that takes the focus of its stop. */
export const STOP_TARGET = { [TARGET]: true };

/** Every key of a stop on the page, from top to bottom. */
export function stopKeys(): string[] {
  return [...document.querySelectorAll(`[${STOP}]`)].map((stop) => stop.getAttribute(STOP) ?? '');
}

/** The key of the innermost stop that holds the focus. */
export function focusedKey(): string | undefined {
  return document.activeElement?.closest(`[${STOP}]`)?.getAttribute(STOP) ?? undefined;
}

/** The stop that holds the focus. */
export function focusedStop(): Stop | undefined {
  const [, kind, id] = /^(group|item):(.*)$/.exec(focusedKey() ?? '') ?? [];
  return (kind === 'group' || kind === 'item') && id ? { kind, id } : undefined;
}

/** Gives a stop the focus. Answers false where there is none. */
export function focusStop(key: string | undefined): boolean {
  const stop = [...document.querySelectorAll(`[${STOP}]`)].find((one) => one.getAttribute(STOP) === key);
  const target = stop?.querySelector<HTMLElement>(`[${TARGET}]`);
  target?.focus();
  target?.scrollIntoView({ block: 'nearest' });
  return target !== undefined && target !== null;
}

/** The stop so many steps away from one, among all of them or among those of a kind; the nearest end where there is none. */
export function stopAway(
  keys: readonly string[],
  { from, step, kind }: { from: string | undefined; step: 1 | -1; kind?: Stop['kind'] },
): string | undefined {
  const ofKind = (key: string) => kind === undefined || key.startsWith(`${kind}:`);
  const at = from === undefined ? -1 : keys.indexOf(from);
  if (at < 0) return step > 0 ? keys.find(ofKind) : keys.findLast(ofKind);
  const beyond = step > 0 ? keys.slice(at + 1).find(ofKind) : keys.slice(0, at).findLast(ofKind);
  return beyond ?? keys[at];
}

/** Where the focus goes once a stop has left the page: to what followed it, or came before it, and is there still. */
export function stopAfterLoss(
  before: readonly string[],
  now: readonly string[],
  lost: string,
): string | undefined {
  const at = before.indexOf(lost);
  const isThere = (key: string) => now.includes(key);
  const sameKind = (key: string) => key.split(':')[0] === lost.split(':')[0];
  const after = before.slice(at + 1).filter(isThere);
  const earlier = before.slice(0, Math.max(at, 0)).filter(isThere);
  return after.find(sameKind) ?? earlier.findLast(sameKind) ?? after[0] ?? earlier.at(-1) ?? now[0];
}
