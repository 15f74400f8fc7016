import * as z from 'zod';

/** A process that writes to the table: what it lets pass, and how often it has said so. */
const memberSchema = z.object({ unitsPerSecond: z.number(), renewals: z.number() });

/**
 * Who shares the write capacity of a table. `capacity` in units a second: what the table is known to have, or the sum of
 * what its writers have learned; 0 while nothing limits them.
 */
export const sharesSchema = z.object({
  version: z.number(),
  capacity: z.number(),
  members: z.record(z.string(), memberSchema),
});

export type Shares = z.infer<typeof sharesSchema>;

export const NO_SHARES: Shares = { version: 0, capacity: 0, members: {} };

type Renewal = {
  id: string;
  /** What this process lets pass by what it has learned; undefined while nothing limits it. */
  unitsPerSecond: number | undefined;
  /** What the table is known to have, where that is known. */
  known: number | undefined;
  /** Members that have given no sign of life for the time of a lease. */
  gone: ReadonlySet<string>;
};

/**
 * The shares after one process has renewed its own: an even part, of what the others leave. Parts never add up to more
 * than the capacity, so a newcomer waits until the others have renewed theirs.
 */
export function renewShare(shares: Shares, { id, unitsPerSecond, known, gone }: Renewal): Shares {
  const others = Object.entries(shares.members).filter(([other]) => other !== id && !gone.has(other));
  const own = shares.members[id] ?? { unitsPerSecond: 0, renewals: 0 };
  const learned = (unitsPerSecond ?? 0) - own.unitsPerSecond;
  const capacity = known ?? Math.max(shares.capacity + learned, 0);
  const taken = others.reduce((sum, [, member]) => sum + member.unitsPerSecond, 0);
  const even = capacity / (others.length + 1);
  const share = Math.max(Math.min(even, capacity - taken), 0);
  return {
    version: shares.version + 1,
    capacity,
    members: {
      ...Object.fromEntries(others),
      [id]: { unitsPerSecond: share, renewals: own.renewals + 1 },
    },
  };
}

/** The shares after one process has left; what it had is free. */
export function leaveShares({ version, capacity, members }: Shares, id: string): Shares {
  return {
    version: version + 1,
    capacity,
    members: Object.fromEntries(Object.entries(members).filter(([other]) => other !== id)),
  };
}
