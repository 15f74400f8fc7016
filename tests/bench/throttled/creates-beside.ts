import { quantile } from '@/tests/bench/quantile';
import { CONTEST_TABLE, letGo, startChild } from '@/tests/bench/throttled/child';
import { goalLine } from '@/tests/bench/throttled/print';
import { contestProxy } from '@/tests/bench/throttled/run-contest';
import { peopleResultSchema } from '@/tests/bench/throttled/task';
import { newMetricsTable, type World } from '@/tests/bench/throttled/world';

const P95 = 1.25;
const P99 = 2;
const UNITS_PER_SECOND = 500;
const TASK = { rows: 12_000, warmUpSeconds: 5, idleSeconds: 25, createsPerSecond: 10 };

/** What is saved up in the idle part would carry the whole batch, so the table keeps next to nothing. */
const BURST_SECONDS = 1;

/** People create ten a second through the product's own operation, idle and then beside a batch in the same process. */
export async function benchCreatesBeside(world: World): Promise<void> {
  console.log(
    `\nPeople create ${TASK.createsPerSecond} a second, alone and beside a batch of ${TASK.rows} rows`,
  );
  const METRICS_TABLE = await newMetricsTable(world);
  const proxy = await contestProxy(
    { ...world, burstSeconds: BURST_SECONDS },
    { unitsPerSecond: UNITS_PER_SECOND },
  );
  const { endpoint } = proxy;
  const child = await startChild({ file: 'people.ts', task: TASK, endpoint, env: { METRICS_TABLE } });
  const { idle, beside, failed, batch } = await letGo(child, peopleResultSchema);
  const refused = proxy.ledger(CONTEST_TABLE)?.summary().refusedUnits;
  proxy.stop();
  for (const [name, took] of Object.entries({ idle, beside })) {
    const shown = [0.5, 0.95, 0.99].map((q) => `p${q * 100} ${quantile(took, q).toFixed(1)} ms`);
    console.log(`  ${name.padEnd(8)} ${shown.join('   ')}   (${took.length} creates)`);
  }
  const ratio = (q: number) => quantile(beside, q) / quantile(idle, q);
  console.log(
    goalLine('beside / idle', [
      { name: 'p95/', value: ratio(0.95), atMost: P95 },
      { name: 'p99/', value: ratio(0.99), atMost: P99 },
      { name: 'failed', value: failed, atMost: 0 },
      { name: 'handed back', value: batch.handedBack.length, atMost: 0 },
    ]),
  );
  const perSecond = Math.round(batch.written.length / batch.seconds);
  console.log(`    the batch wrote ${perSecond} rows a second; ${refused} units were refused`);
}
