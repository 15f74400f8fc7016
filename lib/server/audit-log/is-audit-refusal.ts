import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { classifyError } from '@/lib/server/classify-error';
import { env } from '@/lib/server/env';
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

/**
 * Whether a change ends here without its event, which then follows: the audit table refused, or may have, and the mode
 * allows it. In strict mode such a refusal is tried again like any other.
 * @param place of the event in the transaction
 */
export function endsWithoutEvent(thrown: unknown, place = 1): boolean {
  return env.AUDIT_MODE === 'lenient' && isAuditRefusal(thrown, place);
}

/**
 * Refuses a change whose event could not be written, where the mode is strict; otherwise it does nothing.
 * @param thrown what `isAuditRefusal` has found
 * @throws {AppError} with the code of the refusal
 */
export function refuseIfStrict(thrown: unknown): void {
  if (env.AUDIT_MODE === 'lenient') return;
  const { code, message } = classifyError(thrown);
  throw new AppError(
    code,
    `Nothing was changed: the event could not be written to the audit table ${env.AUDIT_TABLE}, and AUDIT_MODE is strict. ${message}`,
    { cause: thrown },
  );
}
