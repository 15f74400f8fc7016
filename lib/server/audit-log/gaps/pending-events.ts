/** Events that wait to be written: how many, the instant of the oldest, and whether there are more than were counted. */
export type Pending = { count: number; oldest: string | null; isAtLeast: boolean };

export const NOTHING_PENDING: Pending = { count: 0, oldest: null, isAtLeast: false };

/** What several places hold together. */
export function addPending(first: Pending, second: Pending): Pending {
  const instants = [first.oldest, second.oldest].filter((instant) => instant !== null);
  return {
    count: first.count + second.count,
    oldest: instants.sort()[0] ?? null,
    isAtLeast: first.isAtLeast || second.isAtLeast,
  };
}

/** What a list of events holds. */
export function pendingOf(events: readonly { time: string }[]): Pending {
  return events
    .map(({ time }) => ({ count: 1, oldest: time, isAtLeast: false }))
    .reduce<Pending>(addPending, NOTHING_PENDING);
}
