import { type Governor, runGoverned } from '@/lib/server/governor/governor';
import { createRandom } from '@/tests/support/random';

type Limits = { unitsPerSecond: number; burst?: number; partitions?: number };

/**
 * A table that takes writes as DynamoDB does, by a bucket of tokens for each partition, and answers after 8 to 16 ms. It
 * lives by the clock of the test, so that minutes pass in milliseconds.
 */
export function aSimulatedTable({ unitsPerSecond, burst = unitsPerSecond, partitions = 1 }: Limits) {
  let limit = unitsPerSecond;
  let filledAtMs = Date.now();
  const random = createRandom(7);
  const tokens = Array.from({ length: partitions }, () => burst / partitions);
  const startedAtMs = Date.now();
  const takenBy = tokens.map(() => 0);
  const log: { atMs: number; taken: number; refused: number }[] = [];

  function fill(): void {
    const come = ((limit / partitions) * (Date.now() - filledAtMs)) / 1000;
    filledAtMs = Date.now();
    for (const [partition, left] of tokens.entries()) {
      tokens[partition] = Math.min(left + come, (limit * 300) / partitions);
    }
  }

  function takes(row: number): boolean {
    const partition = row % partitions;
    if ((tokens[partition] ?? 0) < 1) return false;
    tokens[partition] = (tokens[partition] ?? 0) - 1;
    takenBy[partition] = (takenBy[partition] ?? 0) + 1;
    return true;
  }

  return {
    change(unitsPerSecond: number): void {
      fill();
      limit = unitsPerSecond;
    },
    /** @returns the rows that were refused */
    async write(rows: number[]): Promise<number[]> {
      await pause(4 + random.between(0, 4));
      fill();
      const refused = rows.filter((row) => !takes(row));
      log.push({
        atMs: Date.now() - startedAtMs,
        taken: rows.length - refused.length,
        refused: refused.length,
      });
      await pause(4 + random.between(0, 4));
      return refused;
    },
    /** In how many seconds the fullest partition could have taken its rows. */
    idealSeconds: () => ((Math.max(...takenBy) - burst / partitions) * partitions) / unitsPerSecond,
    /** What was taken and refused from one moment to another, in milliseconds since the table came to be. */
    between(fromMs = 0, toMs = Number.POSITIVE_INFINITY) {
      const calls = log.filter(({ atMs }) => atMs >= fromMs && atMs < toMs);
      const taken = calls.reduce((sum, call) => sum + call.taken, 0);
      const refused = calls.reduce((sum, call) => sum + call.refused, 0);
      const lastMs = Math.min(log.at(-1)?.atMs ?? 0, toMs);
      return { taken, refused, refusedShare: refused / (taken + refused), seconds: (lastMs - fromMs) / 1000 };
    },
  };
}

export type SimulatedTable = ReturnType<typeof aSimulatedTable>;

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** A job of so many rows, 25 a call: what is refused goes back among those that wait. Answers when the last is written. */
export async function writeRows(governor: Governor, table: SimulatedTable, count: number): Promise<number> {
  const random = createRandom(count);
  const waiting = Array.from({ length: count }, () => random.between(0, 1000));
  async function send(): Promise<void> {
    while (waiting.length > 0) {
      await runGoverned(
        governor,
        () => Math.min(waiting.length, 25),
        async (most) => {
          const rows = waiting.splice(0, Math.min(25, Math.floor(most)));
          const refused = rows.length === 0 ? [] : await table.write(rows);
          waiting.push(...refused);
          const taken = rows.length - refused.length;
          return { result: undefined, items: rows.length, taken, refused: refused.length };
        },
      );
    }
  }
  await Promise.all(Array.from({ length: 60 }, send));
  return Date.now();
}
