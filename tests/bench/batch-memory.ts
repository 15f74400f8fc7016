import { startBatchProduct } from '@/tests/bench/batch-product';
import { uploadCsvFile, writeCsvFile } from '@/tests/bench/csv-file';
import { forgetPeak, peakMemory } from '@/tests/bench/peak-memory';
import { runBatch } from '@/tests/bench/run-batch';

const SMALL_ROWS = 10_000;
const GOAL = 1.3;

/** Peak memory of the product's process for a small and a large batch, each in a fresh process, as ratios. */
export async function benchBatchMemory(largeRows: number): Promise<void> {
  console.log('peak memory (RSS) of the product process');
  const small = await peaks(SMALL_ROWS);
  const large = await peaks(largeRows);
  for (const phase of ['accept', 'run', 'both'] as const) {
    console.log(
      `  ${phase.padEnd(6)} large / small = ${(large[phase] / small[phase]).toFixed(2)} (goal: at most ${GOAL})`,
    );
  }
}

async function peaks(rows: number) {
  const file = await writeCsvFile({ rows, mark: `memory-${rows}` });
  const product = await startBatchProduct();
  try {
    const idle = peakMemory(product.pid);
    forgetPeak(product.pid);
    const batchId = await uploadCsvFile(file, product);
    const accept = peakMemory(product.pid);
    forgetPeak(product.pid);
    await runBatch(batchId, product);
    const run = peakMemory(product.pid);
    console.log(
      `  ${rows.toLocaleString('en')} rows: start ${idle} MiB, accept ${accept} MiB, run ${run} MiB`,
    );
    return { accept, run, both: Math.max(accept, run) };
  } finally {
    product.stop();
    file.remove();
  }
}
