import { env } from '@/lib/server/env';
import { type Finding, finding } from '@/tests/crash/findings';
import { type Item, rawItem } from '@/tests/crash/raw-tables';

const EVERY_MS = 60;

export type EquationWatch = {
  add: (batchId: string) => void;
  stop: () => Promise<{ samples: number; findings: Finding[] }>;
};

/** Reads batches from their table over and over, processes or no processes, and checks that their equation holds. */
export function watchEquation(): EquationWatch {
  const batchIds = new Set<string>();
  const findings: Finding[] = [];
  let samples = 0;
  let isStopped = false;

  async function sample(): Promise<void> {
    for (const batchId of batchIds) {
      const meta = await rawItem(env.BATCHES_TABLE, { batchId, part: 'META' });
      if (!meta) continue;
      samples++;
      findings.push(...brokenEquation(meta));
      if (typeof meta.undoneBy === 'string') batchIds.add(meta.undoneBy);
    }
  }

  async function watch(): Promise<void> {
    while (!isStopped) {
      await sample();
      await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
    }
  }

  const watching = watch();
  return {
    add: (batchId) => batchIds.add(batchId),
    stop: async () => {
      isStopped = true;
      await watching;
      return { samples, findings };
    },
  };
}

/** Whether the numbers of a batch add up. */
export function brokenEquation(meta: Item): Finding[] {
  const number = (name: string) => Number(meta[name]);
  const ended =
    meta.kind === 'undo'
      ? number('deleted') + number('kept')
      : number('created') + number('rejected') + number('failed');
  const numbers = ['rows', 'created', 'rejected', 'failed', 'waiting', 'deleted', 'kept'].map(
    (name) => `${name} ${meta[name]}`,
  );
  const off = number('rows') - ended - number('waiting');
  return finding('miscounted', off, `equation of ${meta.kind} ${meta.state}: ${numbers.join(', ')}`);
}
