import { parseArgs } from 'node:util';
import { benchBatchAccept } from '@/tests/bench/batch-accept';
import { benchBatchMemory } from '@/tests/bench/batch-memory';
import { benchBatchSpeed } from '@/tests/bench/batch-speed';

const LARGE_ROWS = { usually: 100_000, asked: 1_000_000 };

/**
 * Batches against the raw limit of the engine, their memory, and accepting a large file. Options: `--rows N` of the speed
 * part, `--memory` for a million rows in the memory part, `--large N` for another number, `--only speed|memory|accept`.
 */
export async function benchBatches(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      rows: { type: 'string', default: '100000' },
      memory: { type: 'boolean', default: false },
      large: { type: 'string' },
      only: { type: 'string' },
    },
  });
  const large = Number(values.large ?? (values.memory ? LARGE_ROWS.asked : LARGE_ROWS.usually));
  const parts: Record<string, () => Promise<void>> = {
    speed: () => benchBatchSpeed(Number(values.rows)),
    memory: () => benchBatchMemory(large),
    accept: benchBatchAccept,
  };
  for (const [name, run] of Object.entries(parts)) {
    if (values.only === undefined || values.only === name) await run();
  }
}
