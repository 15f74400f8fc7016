import { setTimeout as pause } from 'node:timers/promises';
import * as z from 'zod';
import { type DemoClient, dataOf } from '@/lib/server/demo/load/demo-client';
import { type Batch, batchSchema, isFinal } from '@/lib/shared/batch';
import { csvLine } from '@/lib/shared/csv-line';

const READY_LOOKS = 200;
const LOOK_MS = 250;

const acceptedSchema = z.object({ batchId: z.string() });

/** Uploads a file of so many rows, waits until it is read, and starts it. @returns the ID of the batch */
export async function startLoadBatch(
  admin: DemoClient,
  { rows, courseIds, mark }: { rows: number; courseIds: readonly string[]; mark: string },
): Promise<string> {
  const path = `/api/batches?${new URLSearchParams({ filename: `load-${mark}.csv` })}`;
  const text = fileOf(rows, courseIds, mark);
  const { batchId } = await dataOf(admin({ method: 'POST', path, text }), acceptedSchema);
  for (let look = 0; look < READY_LOOKS; look++) {
    if ((await readLoadBatch(admin, batchId)).state === 'ready') break;
    await pause(LOOK_MS);
  }
  await dataOf(admin({ method: 'POST', path: `/api/batches/${batchId}/start` }), z.unknown());
  return batchId;
}

export function readLoadBatch(client: DemoClient, batchId: string): Promise<Batch> {
  return dataOf(client({ method: 'GET', path: `/api/batches/${batchId}` }), batchSchema);
}

/** The batch once it has ended. */
export async function endedBatch(client: DemoClient, batchId: string): Promise<Batch | undefined> {
  const batch = await readLoadBatch(client, batchId);
  return isFinal(batch.state) ? batch : undefined;
}

function fileOf(rows: number, courseIds: readonly string[], mark: string): string {
  const lines = Array.from({ length: rows }, (_, row) =>
    csvLine([courseIds[row % courseIds.length] ?? '', `Load ${mark}, row ${row + 1}`, 'quiz', '10']),
  );
  return csvLine(['courseId', 'title', 'type', 'points']) + lines.join('');
}
