import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { type BatchItem, BUDGET } from '@/lib/server/batches/batch-item';
import { TARGETS_AT_ONCE } from '@/lib/server/batches/bulk/act';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { withRetry } from '@/lib/server/retry';
import { storedItem } from '@/lib/server/stored-item';

const settingsSchema = z.object({ itemsPerSecond: z.int().min(1).default(100) });
const storedSchema = z.object({ nextAt: z.number() });

/** How often it is looked whether the batch may go on while its turn has not come. */
const LOOK_EVERY_MS = 200;

export type RateBudget = {
  /** How many targets are worked on together: at most what may go in one second. */
  targetsAtOnce: number;
  /** Waits for the turn of so many targets; false where the batch may not go on. */
  takeTurn: (targets: number, mayGoOn: () => boolean) => Promise<boolean>;
};

/**
 * Spreads the targets of a bulk batch over time, over all processes together: each turn begins where the one before ends,
 * by one conditional update. Time in which nobody worked is not made up for.
 */
export function rateBudget({ batchId, settings }: BatchItem, requestId: string): RateBudget {
  const { itemsPerSecond } = settingsSchema.parse(settings);
  // What this process knows of the end of the last turn; the update corrects it.
  let known: number | undefined;

  /** @returns the beginning of the turn, in epoch milliseconds */
  async function reserve(targets: number): Promise<number> {
    for (;;) {
      const from = Math.max(Date.now(), known ?? 0);
      const nextAt = Math.ceil(from + (targets / itemsPerSecond) * 1000);
      const expected = known;
      const command = new UpdateCommand(turnUpdate(batchId, { nextAt, expected }));
      try {
        await withRetry(() => documentClient.send(command), {
          operation: 'takeTurn',
          requestId,
          maxRetries: env.MAX_RETRIES,
        });
        known = nextAt;
        return from;
      } catch (thrown) {
        const stored = storedSchema.safeParse(storedItem(thrown));
        if (!stored.success) throw thrown;
        known = stored.data.nextAt;
      }
    }
  }

  return {
    targetsAtOnce: Math.min(TARGETS_AT_ONCE, itemsPerSecond),
    takeTurn: async (targets, mayGoOn) => mayGoOn() && waitUntil(await reserve(targets), mayGoOn),
  };
}

function turnUpdate(batchId: string, { nextAt, expected }: { nextAt: number; expected: number | undefined }) {
  return {
    TableName: env.BATCHES_TABLE,
    Key: { batchId, part: BUDGET },
    UpdateExpression: 'SET nextAt = :next',
    ConditionExpression: expected === undefined ? 'attribute_not_exists(nextAt)' : 'nextAt = :expected',
    ExpressionAttributeValues: {
      ':next': nextAt,
      ...(expected === undefined ? {} : { ':expected': expected }),
    },
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
  };
}

async function waitUntil(epochMs: number, mayGoOn: () => boolean): Promise<boolean> {
  for (let leftMs = epochMs - Date.now(); leftMs > 0; leftMs = epochMs - Date.now()) {
    if (!mayGoOn()) return false;
    await new Promise((resolve) => setTimeout(resolve, Math.min(leftMs, LOOK_EVERY_MS)));
  }
  return mayGoOn();
}
