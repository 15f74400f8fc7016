import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { refusalAt } from '@/lib/server/stored-item';
import { AppError } from '@/lib/shared/app-error';

/** Refusals of a whole transaction that do not say which of its tables refused. */
const SILENT_ABOUT_TABLE = new Set(['RESOURCE_NOT_FOUND', 'ACCESS_DENIED']);

/**
 * Whether a transaction of a change and its audit event failed because of the event, or may have: DynamoDB does not name
 * the table that is missing or denied. Contention is nobody's refusal.
 * @param place of the event in the transaction, behind the writes of the change
 */
export function isAuditRefusal(thrown: unknown, place = 1): boolean {
  const error = thrown instanceof AppError ? thrown : undefined;
  if (!error) return false;
  if (error.cause instanceof TransactionCanceledException) {
    const refusal = refusalAt(error, place);
    const isChangeRefused = Array.from({ length: place }, (_, before) => refusalAt(error, before)).some(
      Boolean,
    );
    return !isChangeRefused && refusal !== undefined && refusal !== 'TransactionConflict';
  }
  return SILENT_ABOUT_TABLE.has(error.code);
}
