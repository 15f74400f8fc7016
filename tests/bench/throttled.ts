import { parseArgs } from 'node:util';
import { fillEngine } from '@/tests/bench/batch-product';
import { startEngine } from '@/tests/bench/engine';
import type { World } from '@/tests/bench/throttled/run-contest';
import { benchOthers } from '@/tests/bench/throttled/side-by-side';

export async function benchThrottled(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      only: { type: 'string' },
      keep: { type: 'string', default: 'engine' },
      'burst-seconds': { type: 'string', default: '300' },
    },
  });
  const engine = await startEngine();
  fillEngine(engine.endpoint);
  const world: World = {
    engine: engine.endpoint,
    burstSeconds: Number(values['burst-seconds']),
    keepsWritesIn: values.keep === 'ledger' ? 'ledger' : 'engine',
  };
  const parts: Record<string, (world: World) => Promise<void>> = { others: benchOthers };
  for (const [name, run] of Object.entries(parts)) {
    if (values.only === undefined || values.only.split(',').includes(name)) await run(world);
  }
  engine.stop();
}
