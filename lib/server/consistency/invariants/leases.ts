import * as z from 'zod';
import { chunkPart, LAST_CHUNK } from '@/lib/server/batches/batch-item';
import { queryParts } from '@/lib/server/batches/query-parts';
import type { Write } from '@/lib/server/batches/run/counted-transaction';
import { confirmFindings } from '@/lib/server/consistency/confirm-finding';
import {
  type Checked,
  type Finding,
  type Invariant,
  type Piece,
  type RepairPlan,
  segmented,
} from '@/lib/server/consistency/invariants/invariant';
import { checkItemLeases, planItemLease } from '@/lib/server/consistency/invariants/item-leases';
import { chunkOfTarget, chunkTarget } from '@/lib/server/consistency/invariants/look-at-chunk-events';
import { isOverdue, leaseFinding } from '@/lib/server/consistency/invariants/overdue';
import { readStored } from '@/lib/server/consistency/read-stored';
import { walkBatches } from '@/lib/server/consistency/walk-batches';
import { env } from '@/lib/server/env';
import type { Difference } from '@/lib/shared/consistency';

/** Batches of one piece. */
const AT_ONCE = 10;

/**
 * Nothing is held longer than its lease allows: neither a chunk of a batch nor a failed item. A difference shows when the
 * lease ended, and is repaired by giving the thing back, for anybody to take.
 */
export const leases: Invariant = {
  name: 'leases',
  parts: [...segmented('chunks', 1, checkChunkLeases), ...segmented('failed-items', 2, checkItemLeases)],
  plan: planLease,
};

const chunkLeaseSchema = z.object({
  chunk: z.int(),
  state: z.string().optional(),
  undoState: z.string().optional(),
  leaseToken: z.string().optional(),
  leasedUntil: z.string().optional(),
});

type ChunkLease = z.infer<typeof chunkLeaseSchema>;

const ATTRIBUTES = ['chunk', 'state', 'undoState', 'leaseToken', 'leasedUntil'];

async function checkChunkLeases(piece: Piece): Promise<Checked> {
  const { requestId } = piece;
  const { batchIds, cursor } = await walkBatches(piece, AT_ONCE);
  const looks: (() => Promise<Finding | undefined>)[] = [];
  let checked = 0;
  for (const batchId of batchIds) {
    const range = { batchId, first: chunkPart(0), last: chunkPart(LAST_CHUNK), attributes: ATTRIBUTES };
    for await (const item of queryParts(range, requestId)) {
      checked++;
      const { data } = chunkLeaseSchema.safeParse(item);
      if (data && isHeldTooLong(data)) looks.push(() => lookAtChunk(batchId, data.chunk, requestId));
    }
  }
  const confirmed = await confirmFindings(looks);
  return { ...confirmed, cursor, checked, read: checked + batchIds.length };
}

function isHeldTooLong({ state, undoState, leasedUntil }: ChunkLease): boolean {
  return (state === 'leased' || undoState === 'leased') && isOverdue(leasedUntil);
}

async function readLease(batchId: string, chunk: number, requestId: string): Promise<ChunkLease | undefined> {
  const stored = await readStored(env.BATCHES_TABLE, { batchId, part: chunkPart(chunk) }, requestId);
  const { data } = chunkLeaseSchema.safeParse(stored);
  return data && isHeldTooLong(data) ? data : undefined;
}

async function lookAtChunk(batchId: string, chunk: number, requestId: string): Promise<Finding | undefined> {
  const lease = await readLease(batchId, chunk, requestId);
  return lease && leaseFinding(chunkTarget(batchId, chunk), lease.leasedUntil);
}

async function planLease(difference: Difference, requestId: string): Promise<RepairPlan> {
  const place = chunkOfTarget(difference.target);
  if (!place) return planItemLease(difference, requestId);
  const lease = await readLease(place.batchId, place.chunk, requestId);
  if (!lease) return { kind: 'gone', message: 'Nobody holds it any more, or somebody who is at work' };
  return {
    kind: 'repair',
    before: difference.found,
    after: difference.expected,
    writes: [release(place, lease)],
  };
}

/** As its holder would have given it back; whoever claims it next finds what was written. */
function release(place: { batchId: string; chunk: number }, lease: ChunkLease): Write {
  const isUndo = lease.undoState === 'leased';
  return {
    Update: {
      TableName: env.BATCHES_TABLE,
      Key: { batchId: place.batchId, part: chunkPart(place.chunk) },
      UpdateExpression: isUndo
        ? 'REMOVE undoState, leaseToken, leasedUntil'
        : 'SET #state = :waiting REMOVE leaseToken, leasedUntil',
      ConditionExpression: 'leaseToken = :token AND leasedUntil = :until',
      ...(isUndo ? {} : { ExpressionAttributeNames: { '#state': 'state' } }),
      ExpressionAttributeValues: {
        ':token': lease.leaseToken,
        ':until': lease.leasedUntil,
        ...(isUndo ? {} : { ':waiting': 'waiting' }),
      },
    },
  };
}
