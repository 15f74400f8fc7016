import { BENCH_COURSE_IDS } from '@/tests/bench/batch-people';
import { type BatchProduct, startBatchProduct } from '@/tests/bench/batch-product';
import { uploadCsvFile, writeCsvFile } from '@/tests/bench/csv-file';
import { forgetPeak, peakMemory, residentMemory } from '@/tests/bench/peak-memory';
import { quantile } from '@/tests/bench/quantile';
import { runBatch } from '@/tests/bench/run-batch';

const SIZE_BYTES = 200 * 1024 * 1024;
const TEXT_LENGTH = 400;
/** About what a row of that much text takes in the file. */
const ROW_BYTES = 490;

/** Rows that are there before, so that the list has something to list. */
const LISTED_ROWS = 1000;
const IDLE_MS = 10_000;
const PAUSE_MS = 20;
const SAMPLE_MS = 500;
const GOAL_MEBIBYTES = 300;

type Probe = { path: string; samplesMs: number[] };

/** Accepts a file of 200 MB: memory of the process, and how long other people wait meanwhile. */
export async function benchBatchAccept(): Promise<void> {
  const listed = await writeCsvFile({ rows: LISTED_ROWS, mark: 'listed' });
  const file = await writeCsvFile({
    rows: Math.ceil(SIZE_BYTES / ROW_BYTES),
    mark: 'large',
    textLength: TEXT_LENGTH,
  });
  const product = await startBatchProduct();
  try {
    await runBatch(await uploadCsvFile(listed, product), product);
    const idle = await probeWhile(product, new Promise((resolve) => setTimeout(resolve, IDLE_MS)));
    forgetPeak(product.pid);
    const before = residentMemory(product.pid);
    const course: number[] = [];
    const sampling = setInterval(() => course.push(residentMemory(product.pid)), SAMPLE_MS);
    const startedAt = performance.now();
    const busy = await probeWhile(product, uploadCsvFile(file, product));
    const seconds = (performance.now() - startedAt) / 1000;
    clearInterval(sampling);
    const peak = peakMemory(product.pid);
    const megabytes = (file.sizeBytes / 1024 / 1024).toFixed(0);
    console.log(
      `accepting ${megabytes} MiB, ${file.rows.toLocaleString('en')} rows: ${seconds.toFixed(1)} s`,
    );
    console.log(`  peak memory (RSS) ${peak} MiB (goal: under ${GOAL_MEBIBYTES}), ${before} MiB before`);
    const quarters = [0.25, 0.5, 0.75].map((share) => course[Math.floor(course.length * share)]);
    console.log(`  after a quarter, half and three quarters of the time: ${quarters.join(', ')} MiB`);
    print('idle', idle);
    print('meanwhile', busy);
  } finally {
    product.stop();
    listed.remove();
    file.remove();
  }
}

/** Asks for two things over and over while something else happens, and says how long each answer took. */
async function probeWhile({ url, cookie }: BatchProduct, happening: Promise<unknown>): Promise<Probe[]> {
  let isOver = false;
  const probes: Probe[] = ['/api/health', `/api/assignments?courseId=${BENCH_COURSE_IDS[0]}`].map((path) => ({
    path,
    samplesMs: [],
  }));
  const probing = probes.map(async ({ path, samplesMs }) => {
    while (!isOver) {
      const startedAt = performance.now();
      const response = await fetch(`${url}${path}`, { headers: { cookie } });
      await response.text();
      if (!response.ok) throw new Error(`${path} answered ${response.status}`);
      samplesMs.push(performance.now() - startedAt);
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  });
  await happening.finally(() => {
    isOver = true;
  });
  await Promise.all(probing);
  return probes;
}

function print(when: string, probes: Probe[]): void {
  for (const { path, samplesMs } of probes) {
    const [p50, p95, max] = [0.5, 0.95, 1].map((q) => quantile(samplesMs, q).toFixed(1));
    console.log(
      `  ${when.padEnd(9)} ${path.split('?')[0]}: p50 ${p50} ms, p95 ${p95} ms, longest ${max} ms (${samplesMs.length} requests)`,
    );
  }
}
