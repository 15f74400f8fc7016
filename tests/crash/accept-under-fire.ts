import { Readable } from 'node:stream';
import type { Batch } from '@/lib/shared/batch';
import type { BatchFile } from '@/tests/crash/batch-file';
import { checkRefused } from '@/tests/crash/check-refused';
import type { Desk } from '@/tests/crash/desk';
import { type Finding, finding } from '@/tests/crash/findings';
import { type Kill, killDuring } from '@/tests/crash/kill-during';
import type { Processes } from '@/tests/crash/processes';
import type { RoundPlan } from '@/tests/crash/round-plan';
import { waitUntil } from '@/tests/crash/wait-until';
import { uploadFile } from '@/tests/support/upload-file';

/** The upload is sent this slowly, so that a kill can meet it at any point. */
const UPLOAD_MS = 900;
const PIECES = 30;

/** The kill may also come after the last byte. */
const PHASE_MS = UPLOAD_MS + 300;

/** Uploads a file in one go. */
export function uploadWhole(file: BatchFile, { url, cookie }: { url: string; cookie: string }) {
  const { fileName, bytes, digest } = file;
  const content = Readable.from([bytes]);
  return uploadFile({ url, cookie, fileName, content, sizeBytes: bytes.length, digest });
}

type Fire = { plan: RoundPlan; file: BatchFile; processes: Processes; desk: Desk };

/** Uploads a file while the process that receives it is killed, and once more where it was cut. */
export async function acceptUnderFire({ plan, file, processes, desk }: Fire) {
  const { fileName, bytes, digest } = file;
  const upload = { url: processes.urlOf('A'), cookie: desk.cookie, fileName, digest };
  let isAnswered = false;
  const uploading = uploadFile({ ...upload, content: slowly(bytes), sizeBytes: bytes.length }).then(
    () => {
      isAnswered = true;
    },
    () => undefined,
  );
  const isOver = async () => isAnswered;
  const kills = await killDuring({ plan, processes, lengthMs: PHASE_MS, isOver });
  await uploading;

  const batches = await Promise.all((await desk.ofFile(fileName)).map((batch) => settled(batch, desk)));
  const refused = batches.filter(({ state }) => state === 'failed_to_receive');
  const ready = batches.filter(({ state }) => state === 'ready');
  const findings = [
    ...finding('doubled', Math.max(0, ready.length - 1), 'batches of one upload'),
    ...(await checkAll(refused)),
  ];
  const batchId =
    ready[0]?.batchId ?? (await uploadWhole(file, { url: processes.urlOf('A'), cookie: desk.cookie }));
  return { batchId, kills: kills satisfies Kill[], findings, cut: refused.length };
}

/** A batch whose upload was cut is found after half a minute. */
function settled({ batchId }: Batch, desk: Desk): Promise<Batch> {
  return waitUntil(`batch ${batchId} is received or failed`, async () => {
    const batch = await desk.read(batchId);
    return batch.state === 'receiving' ? undefined : batch;
  });
}

async function checkAll(refused: Batch[]): Promise<Finding[]> {
  const found: Finding[] = [];
  for (const { batchId } of refused) {
    // What was stored of the file is removed after the batch has said that it failed.
    const clean = await waitUntil(
      'cleaning up',
      async () => ((await checkRefused(batchId)).length === 0 ? true : undefined),
      15_000,
    ).catch(() => false);
    if (!clean) found.push(...(await checkRefused(batchId)));
  }
  return found;
}

function slowly(bytes: Buffer): Readable {
  const size = Math.ceil(bytes.length / PIECES);
  return Readable.from(
    (async function* pieces() {
      for (let from = 0; from < bytes.length; from += size) {
        yield bytes.subarray(from, from + size);
        await new Promise((resolve) => setTimeout(resolve, UPLOAD_MS / PIECES));
      }
    })(),
  );
}
