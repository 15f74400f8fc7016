import * as z from 'zod';
import { batchSchema, ratePointSchema } from '@/lib/shared/batch';
import type { BatchProduct } from '@/tests/bench/batch-product';

const LOOK_EVERY_MS = 1000;

const ratesSchema = z.object({ data: z.object({ items: z.array(ratePointSchema) }) });
const answerSchema = z.object({ data: batchSchema });

/**
 * Starts an accepted batch and waits for its end, however long it takes.
 * @returns the rows it created, and the seconds from Start to done, by the product's own clock
 */
export async function runBatch(batchId: string, { url, cookie }: BatchProduct) {
  const path = `${url}/api/batches/${batchId}`;
  const pressed = await fetch(`${path}/start`, { method: 'POST', headers: { cookie } });
  if (!pressed.ok) throw new Error(`Start answered ${pressed.status}: ${await pressed.text()}`);
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    const { data: batch } = answerSchema.parse(await (await fetch(path, { headers: { cookie } })).json());
    const { state, created, startedAt, finishedAt } = batch;
    if (state === 'running') continue;
    if (state !== 'done' || !startedAt || !finishedAt) throw new Error(`The batch ended as ${state}`);
    return { created, seconds: (Date.parse(finishedAt) - Date.parse(startedAt)) / 1000 };
  }
}

/** Rows per second in each quarter of a run that has ended: whether it slows down as it goes on. */
export async function quarterRates(batchId: string, { url, cookie }: BatchProduct): Promise<number[]> {
  const response = await fetch(`${url}/api/batches/${batchId}/rates`, { headers: { cookie } });
  const { items: points } = ratesSchema.parse(await response.json()).data;
  const size = Math.max(1, Math.ceil(points.length / 4));
  return Array.from({ length: Math.ceil(points.length / size) }, (_, at) => {
    const part = points.slice(at * size, (at + 1) * size);
    const sum = (name: 'ended' | 'seconds') => part.reduce((total, point) => total + point[name], 0);
    return Math.round(sum('ended') / sum('seconds'));
  });
}
