import { env } from '@/lib/server/env';
import { type Finding, finding } from '@/tests/crash/findings';
import { type Item, rawItem, rawLatestBatches } from '@/tests/crash/raw-tables';

const EVERY_MS = 60;

/** A round makes a batch, another where the first one's upload is cut, and an undo. */
const LATEST = 3;

/**
 * Reads the latest batches from their table over and over, processes or no processes, and checks that their equation
 * holds, also while a file is received.
 * @returns how to end it, which tells how often it looked and what it found
 */
export function watchEquation(): () => Promise<{ samples: number; findings: Finding[] }> {
  const findings: Finding[] = [];
  let samples = 0;
  let isStopped = false;

  async function sample(): Promise<void> {
    for (const batchId of await rawLatestBatches(LATEST)) {
      const meta = await rawItem(env.BATCHES_TABLE, { batchId, part: 'META' });
      if (!meta) continue;
      samples++;
      findings.push(...brokenEquation(meta));
    }
  }

  async function watch(): Promise<void> {
    while (!isStopped) {
      await sample();
      await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
    }
  }

  const watching = watch();
  return async () => {
    isStopped = true;
    await watching;
    return { samples, findings };
  };
}

/** How rows of a batch end, by its kind; those over lists of items share theirs. */
const PARTS: Record<string, string[]> = {
  import: ['created', 'rejected', 'failed'],
  undo: ['deleted', 'kept'],
};

/** Whether the numbers of a batch add up. */
export function brokenEquation(meta: Item): Finding[] {
  const number = (name: string) => Number(meta[name]);
  const parts = PARTS[String(meta.kind)] ?? ['succeeded', 'skipped', 'failed'];
  const ended = parts.reduce((sum, name) => sum + number(name), 0);
  const numbers = ['rows', ...parts, 'waiting'].map((name) => `${name} ${meta[name]}`);
  const off = number('rows') - ended - number('waiting');
  return finding('miscounted', off, `equation of ${meta.kind} ${meta.state}: ${numbers.join(', ')}`);
}
