import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { refusalAt } from '@/lib/server/stored-item';
import { AppError } from '@/lib/shared/app-error';

/** Refusals of a whole transaction that do not say which of its tables refused. */
const SILENT_ABOUT_TABLE = new Set(['RESOURCE_NOT_FOUND', 'ACCESS_DENIED']);

/**
 * Whether a transaction of a change (first) and its audit event (second) failed because of the event, or may have:
 * DynamoDB does not name the table that is missing or denied. Contention is nobody's refusal.
 */
export function isAuditRefusal(thrown: unknown): boolean {
  const error = thrown instanceof AppError ? thrown : undefined;
  if (!error) return false;
  if (error.cause instanceof TransactionCanceledException) {
    const refusal = refusalAt(error, 1);
    return refusalAt(error, 0) === undefined && refusal !== undefined && refusal !== 'TransactionConflict';
  }
  return SILENT_ABOUT_TABLE.has(error.code);
}
