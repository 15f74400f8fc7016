import { createHash } from 'node:crypto';

/** The id of an event, from what it is: mostly request, action and target. The same change has the same one, however often it is written. */
export function eventIdOf(...parts: [string, string, ...string[]]): string {
  return createHash('sha256').update(parts.join('#')).digest('hex').slice(0, 32);
}
