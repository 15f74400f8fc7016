import { spawnSync } from 'node:child_process';
import { BENCH_PERSON } from '@/tests/bench/batch-people';
import { type Product, startProduct } from '@/tests/bench/product';
import { signInAt } from '@/tests/support/sign-in-at';

export type BatchProduct = Product & { cookie: string };

/** Creates tables, courses and the person who uploads on the engine at `endpoint`. */
export function fillEngine(endpoint: string): void {
  const args = ['scripts/run-ts.mjs', 'tests/bench/batch-world.ts'];
  const secret = 'a-secret-for-benchmarks-only-0123456789';
  const env = { ...process.env, DYNAMODB_ENDPOINT: endpoint, AUTH_SECRET: secret, LOG_LEVEL: 'silent' };
  const { status } = spawnSync(process.execPath, args, { stdio: 'inherit', env });
  if (status !== 0) throw new Error('The engine could not be filled');
}

/** Starts the product in a fresh process on a fresh engine, ready for uploads. */
export async function startBatchProduct(): Promise<BatchProduct> {
  const product = await startProduct();
  fillEngine(product.endpoint);
  return { ...product, cookie: await signInAt(product.url, BENCH_PERSON.email, BENCH_PERSON.password) };
}
