import { randomUUID } from 'node:crypto';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { classifyError } from '@/lib/server/classify-error';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import type { Governor } from '@/lib/server/governor/governor';
import { takeShare } from '@/lib/server/governor/pace';
import { leaveShares, NO_SHARES, renewShare, type Shares, sharesSchema } from '@/lib/server/governor/shares';
import { log } from '@/lib/server/log';
import { processState } from '@/lib/server/process-state';
import { storedItem } from '@/lib/server/stored-item';

/** Time between two renewals, how long a member that does not renew keeps its share, and how long an idle one stays. */
const RENEW_MS = 500;
const LEASE_MS = 3000;
const IDLE_MS = 2000;

const TRIES = 6;

/** What this process knows of the shares of one table. */
export type ShareLease = {
  id: string;
  shares: Shares;
  /** When each member was last seen to renew, by our own clock: clocks of processes differ. */
  seen: Map<string, { renewals: number; atMs: number }>;
  busyAtMs: number;
  joining: Promise<void> | undefined;
  isAlone: boolean;
};

const leases = processState('shareLeases', () => new Map<string, ShareLease>());

/** Where the shares of a table are stored. */
export const sharesKey = (table: string) => ({ lane: `GOVERNOR#${table}`, itemKey: 'SHARES' });

export const leaseOf = (table: string): ShareLease | undefined => leases.get(table);

/** Makes sure that this process has a share of the table's capacity while it has something to write. Never throws. */
export async function keepShare(governor: Governor, requestId: string): Promise<void> {
  const lease = leases.get(governor.table) ?? newLease(governor.table);
  lease.busyAtMs = governor.now();
  lease.joining ??= renewThenLater(governor, lease, requestId);
  await lease.joining;
}

function newLease(table: string): ShareLease {
  const lease = {
    id: randomUUID().slice(0, 8),
    shares: NO_SHARES,
    seen: new Map(),
    busyAtMs: 0,
    joining: undefined,
    isAlone: false,
  };
  leases.set(table, lease);
  return lease;
}

/** Resolves after the first renewal; further ones follow for as long as there is something to write. */
async function renewThenLater(governor: Governor, lease: ShareLease, requestId: string): Promise<void> {
  await renew(governor, lease, requestId);
  setTimeout(() => {
    const isIdle = governor.waiting.length === 0 && governor.inFlight.now === 0;
    if (!isIdle) lease.busyAtMs = governor.now();
    const isOver = governor.now() - lease.busyAtMs > IDLE_MS;
    lease.joining = isOver ? undefined : renewThenLater(governor, lease, requestId);
    if (isOver) void store(governor, lease, (shares) => leaveShares(shares, lease.id), requestId);
  }, RENEW_MS).unref();
}

async function renew(governor: Governor, lease: ShareLease, requestId: string): Promise<void> {
  const { pace, known } = governor;
  const before = pace.rate;
  const stored = await store(
    governor,
    lease,
    (shares) =>
      renewShare(shares, {
        id: lease.id,
        unitsPerSecond: before,
        known,
        gone: goneMembers(lease, shares, governor.now()),
      }),
    requestId,
  );
  lease.isAlone = stored === undefined;
  if (stored === undefined) {
    // Without its store nobody can be asked: what the table is known to have is ours until it refuses.
    if (known !== undefined) takeShare(pace, known, before);
    return;
  }
  const own = stored.members[lease.id];
  if (own && stored.capacity > 0) takeShare(pace, own.unitsPerSecond, before);
}

/** Who has not renewed for the time of a lease, by our own clock. */
function goneMembers(lease: ShareLease, { members }: Shares, nowMs: number): Set<string> {
  for (const [id, { renewals }] of Object.entries(members)) {
    if (lease.seen.get(id)?.renewals !== renewals) lease.seen.set(id, { renewals, atMs: nowMs });
  }
  const isGone = (id: string) => nowMs - (lease.seen.get(id)?.atMs ?? nowMs) > LEASE_MS;
  return new Set(Object.keys(members).filter(isGone));
}

/** Stores what `next` makes of the shares, whatever others store at the same time; undefined where that was not possible. */
async function store(
  { table }: Governor,
  lease: ShareLease,
  next: (shares: Shares) => Shares,
  requestId: string,
): Promise<Shares | undefined> {
  for (let attempt = 1; attempt <= TRIES; attempt++) {
    const shares = next(lease.shares);
    try {
      await documentClient.send(new UpdateCommand(sharesUpdate(table, shares)));
      lease.shares = shares;
      return shares;
    } catch (thrown) {
      const stored = sharesSchema.safeParse(storedItem(thrown));
      if (!stored.success) {
        const { code, message } = classifyError(thrown);
        log.warn('shares of the capacity not known, going on alone', {
          requestId,
          table,
          code,
          reason: message,
        });
        return undefined;
      }
      lease.shares = stored.data;
    }
  }
  return undefined;
}

function sharesUpdate(table: string, { version, capacity, members }: Shares) {
  return {
    TableName: env.METRICS_TABLE,
    Key: sharesKey(table),
    UpdateExpression: 'SET #version = :version, #capacity = :capacity, #members = :members',
    ConditionExpression: version === 1 ? 'attribute_not_exists(#version)' : '#version = :before',
    ExpressionAttributeNames: {
      '#version': 'version',
      '#capacity': 'capacity',
      '#members': 'members',
    },
    ExpressionAttributeValues: {
      ':version': version,
      ':capacity': capacity,
      ':members': members,
      ...(version === 1 ? {} : { ':before': version - 1 }),
    },
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
  };
}
