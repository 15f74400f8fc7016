import { batchGet } from '@/lib/server/batch-get';
import { META } from '@/lib/server/batches/batch-item';
import { env } from '@/lib/server/env';
import { keyOfId } from '@/lib/server/failed-items/failed-item-key';
import { readItems } from '@/lib/server/failed-items/read-items';
import { blockedRows } from '@/lib/server/failed-items/row-context';
import type { FailedItemSummary } from '@/lib/shared/failed-item';

/** In these states every chunk of a batch is committed, and none is taken back: its rows are in nobody's way. */
const FREE_STATES: unknown[] = ['done', 'done_with_failures', 'cancelled'];

const MOST_KEYS = 100;

/**
 * Tells why rows cannot be acted on because of their batches, by item id, as `blockedRows` does; only rows of batches
 * that are at work or undone are read for it. Remembers the batches that it has seen.
 */
export function blockedByBatch(action: string, requestId: string) {
  const states = new Map<string, unknown>();

  async function readStates(batchIds: string[]): Promise<void> {
    const unknown = [...new Set(batchIds)].filter((batchId) => !states.has(batchId));
    for (let start = 0; start < unknown.length; start += MOST_KEYS) {
      const keys = unknown.slice(start, start + MOST_KEYS).map((batchId) => ({ batchId, part: META }));
      const found = await batchGet(env.BATCHES_TABLE, keys, { operation: 'planAction', requestId });
      for (const { batchId, state } of found) states.set(String(batchId), state);
    }
  }

  return async (items: FailedItemSummary[]): Promise<Map<string, string>> => {
    const rows = items.flatMap(({ id, kind, batchId }) =>
      kind === 'batch_row' && batchId !== null ? [{ id, batchId }] : [],
    );
    await readStates(rows.map(({ batchId }) => batchId));
    const unsure = rows.filter(({ batchId }) => !FREE_STATES.includes(states.get(batchId)));
    const read = await readItems(
      unsure.map(({ id }) => keyOfId(id)),
      requestId,
    );
    return blockedRows([...read.values()], action, requestId);
  };
}
