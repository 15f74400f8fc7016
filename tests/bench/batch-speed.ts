import { startBatchProduct } from '@/tests/bench/batch-product';
import { uploadCsvFile, writeCsvFile } from '@/tests/bench/csv-file';
import { quarterRates, runBatch } from '@/tests/bench/run-batch';

const GOAL = 0.6;

/**
 * The running phase of a batch, from Start to done with every commit and audit segment, against the raw limit. Raw
 * writes are measured before and after the batch, so that a machine that slows down or speeds up disturbs both alike.
 */
export async function benchBatchSpeed(rows: number): Promise<void> {
  console.log(`batch of ${rows.toLocaleString('en')} rows against BatchWriteItem of the same items`);
  const { startRawLimit } = await import('@/tests/bench/raw-limit');
  const raw = await startRawLimit();
  const half = Math.ceil(rows / 2);
  const before = await raw.write(half);

  const file = await writeCsvFile({ rows, mark: 'speed' });
  const product = await startBatchProduct();
  const acceptedAt = performance.now();
  const batchId = await uploadCsvFile(file, product);
  const acceptSeconds = (performance.now() - acceptedAt) / 1000;
  const run = await runBatch(batchId, product);
  const quarters = await quarterRates(batchId, product);
  product.stop();
  file.remove();

  const after = await raw.write(rows - half);
  raw.stop();
  const rawRate = rows / (before + after);
  const rate = run.created / run.seconds;
  const perSecond = (value: number) => `${Math.round(value)} rows/s`;
  console.log(`  accept    ${perSecond(rows / acceptSeconds)} (${acceptSeconds.toFixed(1)} s)`);
  console.log(
    `  raw       ${perSecond(rawRate)} with ${raw.concurrency} calls in flight (before ${perSecond(half / before)}, after ${perSecond((rows - half) / after)})`,
  );
  console.log(
    `  running   ${perSecond(rate)} (${run.seconds.toFixed(1)} s from Start to done; by quarter of the time ${quarters.join(', ')})`,
  );
  console.log(`  running / raw = ${(rate / rawRate).toFixed(2)} (goal: at least ${GOAL})`);
}
