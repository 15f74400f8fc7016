import { failedCall } from '@/lib/server/dynamodb-call';
import { recordAmounts } from '@/lib/server/metrics/record';
import type { AppError } from '@/lib/shared/app-error';
import type { Series } from '@/lib/shared/metrics';

/** Whose retries these operations are; all others count by whether they read or write. */
const SERIES_OF: Record<string, Series> = {
  createAssignment: 'create',
  writeAssignment: 'create',
  writeRow: 'batch_row',
  retryUnprocessedItems: 'batch_call',
  settleEffects: 'effect',
  createAuditLog: 'audit',
  recordEvent: 'audit',
  commitChunk: 'commit',
};

/** Counts a retry under the operation that it belongs to. Writes that no series stands for are not counted. */
export function countRetry(operation: string, error: AppError): void {
  const call = error.cause instanceof Error ? failedCall(error.cause) : undefined;
  const series = SERIES_OF[operation] ?? (call && !call.isWrite ? 'query' : undefined);
  if (series) recordAmounts(series, { retries: 1 });
}
