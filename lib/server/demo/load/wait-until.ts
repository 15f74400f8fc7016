import { setTimeout as pause } from 'node:timers/promises';

const LOOK_EVERY_MS = 1000;

type Wait = { what: string; seconds: number; say: (line: string) => void };

/** Looks every second until there is something, at most for so long; undefined where it never came. Says what it waits for. */
export async function waitUntil<Found>(
  { what, seconds, say }: Wait,
  look: () => Promise<Found | undefined>,
): Promise<Found | undefined> {
  const untilMs = Date.now() + seconds * 1000;
  for (let isFirst = true; ; isFirst = false) {
    const found = await look();
    if (found !== undefined) return found;
    if (isFirst) say(`Waiting until ${what} (at most ${seconds} s)`);
    if (Date.now() >= untilMs) return undefined;
    await pause(LOOK_EVERY_MS);
  }
}

/** Starts `run` in a steady rhythm, however long each takes, and resolves when the last has ended. */
export async function repeat(
  { everyMs, untilMs }: { everyMs: number; untilMs: number },
  run: (position: number) => Promise<void>,
): Promise<void> {
  const running: Promise<void>[] = [];
  for (let position = 0; Date.now() < untilMs; position++) {
    running.push(run(position));
    await pause(everyMs);
  }
  await Promise.all(running);
}
