import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { chunkPart, LAST_CHUNK } from '@/lib/server/batches/batch-item';
import { type Claim, claimChunk, type Purpose } from '@/lib/server/batches/chunks/chunk-lease';
import { type ChunkState, OUTCOMES, toChunkState } from '@/lib/server/batches/chunks/chunk-state';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { withRetry } from '@/lib/server/retry';

/** Chunks looked at in one query; among so many, two processes seldom reach for the same one. */
const LOOK_AHEAD = 40;

type Claiming = {
  /** Of the batch whose chunks they are: of an undo, the batch that it takes back. */
  batchId: string;
  purpose: Purpose;
  /** The last chunk that may be handed out. */
  last?: number | undefined;
  requestId: string;
};

/**
 * Hands out the chunks of a batch, one claim at a time, in about the order of the file. `next` answers undefined when
 * none is free at this moment.
 */
export function createClaimer({ batchId, purpose, last = LAST_CHUNK, requestId }: Claiming) {
  let candidates: ChunkState[] = [];
  let filling: Promise<boolean> | undefined;
  // What lies before the first free chunk is not looked at again, until nothing is free behind it.
  let from = 0;

  async function claimCandidate(): Promise<Claim | undefined> {
    for (let candidate = candidates.pop(); candidate; candidate = candidates.pop()) {
      const claim = await claimChunk(candidate, purpose, requestId);
      if (claim) return claim;
    }
    return undefined;
  }

  async function fill(): Promise<boolean> {
    let free = await freeChunks({ batchId, purpose, from, last, requestId });
    if (free.length === 0 && from > 0)
      free = await freeChunks({ batchId, purpose, from: 0, last, requestId });
    from = free[0]?.chunk ?? 0;
    candidates = shuffled(free);
    return free.length > 0;
  }

  /** Whoever asks while the list is being filled waits for the same one. */
  function refill(): Promise<boolean> {
    filling ??= fill().finally(() => {
      filling = undefined;
    });
    return filling;
  }

  return {
    async next(): Promise<Claim | undefined> {
      for (;;) {
        const claim = await claimCandidate();
        if (claim) return claim;
        if (!(await refill())) return undefined;
      }
    },
  };
}

type Search = { batchId: string; purpose: Purpose; from: number; last: number; requestId: string };

/** The first chunks that somebody may take: free ones, and those whose holder gives no sign of life. */
async function freeChunks(search: Search): Promise<ChunkState[]> {
  const found: ChunkState[] = [];
  let startKey: Record<string, unknown> | undefined;
  do {
    const command = new QueryCommand({ ...freeQuery(search), ExclusiveStartKey: startKey });
    const page = await withRetry(() => documentClient.send(command), {
      operation: 'findFreeChunks',
      requestId: search.requestId,
      maxRetries: env.MAX_RETRIES,
    });
    found.push(...(page.Items ?? []).map(toChunkState));
    startKey = page.LastEvaluatedKey;
  } while (startKey && found.length < LOOK_AHEAD);
  return found.slice(0, LOOK_AHEAD);
}

function freeQuery({ batchId, purpose, from, last }: Search) {
  const isAbandoned = '(#state = :leased AND leasedUntil < :now)';
  return {
    TableName: env.BATCHES_TABLE,
    KeyConditionExpression: 'batchId = :batchId AND part BETWEEN :first AND :last',
    FilterExpression:
      purpose === 'write'
        ? `#state = :waiting OR ${isAbandoned}`
        : `(contains(outcomes, :created) OR laterCreated > :none) AND (attribute_not_exists(#state) OR ${isAbandoned})`,
    ExpressionAttributeNames: { '#state': purpose === 'write' ? 'state' : 'undoState' },
    ExpressionAttributeValues: {
      ':batchId': batchId,
      ':first': chunkPart(from),
      ':last': chunkPart(last),
      ':leased': 'leased',
      ':now': new Date().toISOString(),
      ...(purpose === 'write' ? { ':waiting': 'waiting' } : { ':created': OUTCOMES.created, ':none': 0 }),
    },
    ConsistentRead: true,
  };
}

function shuffled<Item>(items: Item[]): Item[] {
  return items
    .map((item) => ({ item, place: Math.random() }))
    .sort((first, second) => first.place - second.place)
    .map(({ item }) => item);
}
