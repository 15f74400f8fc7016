import { failReceive } from '@/lib/server/batches/accept/fail-receive';
import type { BatchItem } from '@/lib/server/batches/batch-item';
import { isBulk } from '@/lib/shared/batch';

/** A process that receives a file gives a sign of life every few seconds. */
const SILENT_MS = 30_000;

/**
 * Ends a batch whose file stopped coming because the process that received it is gone.
 * @throws {AppError} where DynamoDB refused
 */
export async function failAbandonedReceive(batch: BatchItem, requestId: string): Promise<void> {
  const lastSign = Date.parse(batch.receivedAt ?? batch.createdAt);
  if (Date.now() - lastSign < SILENT_MS) return;
  const message = isBulk(batch.kind)
    ? 'The list of items was cut off before it was complete. Nothing was done: ask for it again'
    : 'The upload ended before the file was complete. Nothing was written: upload it again';
  await failReceive(batch.batchId, { code: 'SYSTEM_ERROR', message }, requestId);
}
