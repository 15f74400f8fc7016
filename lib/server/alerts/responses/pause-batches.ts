import { beginResponse, endResponse } from '@/lib/server/alerts/responses/begin-response';
import { noteOnResponse } from '@/lib/server/alerts/responses/change-response';
import { holdBatch, readHolds, releaseBatch } from '@/lib/server/alerts/responses/hold-batch';
import { readRunningBatches } from '@/lib/server/alerts/responses/read-running-batches';
import type { ResponseItem } from '@/lib/server/alerts/responses/response-item';
import type { Situation } from '@/lib/server/alerts/responses/run-responses';

/**
 * Pauses the batches that run when the cause begins, and resumes those of them that nobody has touched when it is over.
 * What a person resumes meanwhile, or starts, goes on.
 */
export async function pauseBatches(response: ResponseItem, { cause, requestId }: Situation): Promise<void> {
  if (response.isActive && !(response.isOn && cause)) {
    const why = response.isOn ? 'Writes have recovered' : 'It was switched off';
    await endResponse(response, `${why}: batches that it paused go on`, requestId);
    await releaseOthers(null, requestId);
    return;
  }
  await releaseOthers(response.run, requestId);
  if (!response.isOn || !cause) return;
  const active = response.isActive ? response : await begin(response, requestId);
  if (active) await pauseTargets(active, requestId);
}

async function begin(response: ResponseItem, requestId: string): Promise<ResponseItem | undefined> {
  const targets = (await readRunningBatches(requestId)).map(({ batchId }) => batchId);
  if (targets.length === 0) return undefined;
  const sentence = `Pauses ${targets.length === 1 ? 'one running batch' : `${targets.length} running batches`}`;
  return beginResponse(response, { sentence, targets }, requestId);
}

/** A round that was cut off comes again; `holdBatch` pauses no batch twice in one run. */
async function pauseTargets(active: ResponseItem, requestId: string): Promise<void> {
  const { run, targets } = active;
  if (run === null || targets.length === 0) return;
  for (const batchId of targets) await holdBatch(batchId, run, requestId);
  await noteOnResponse(active, { targets: [] }, requestId);
}

/** Lets go of what earlier runs hold still. */
async function releaseOthers(run: string | null, requestId: string): Promise<void> {
  for (const hold of await readHolds(requestId)) {
    if (hold.run !== run) await releaseBatch(hold, requestId);
  }
}
