import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { breakerRefusal } from '@/lib/server/breakers/breaker-refusal';
import { classifyError } from '@/lib/server/classify-error';
import { env } from '@/lib/server/env';
import { recordEnd } from '@/lib/server/metrics/record';
import { requestContext } from '@/lib/server/request-context';
import { refusalAt } from '@/lib/server/stored-item';
import { AppError } from '@/lib/shared/app-error';

/** Refusals of a whole transaction that do not say which of its tables refused. */
const SILENT_ABOUT_TABLE = new Set(['RESOURCE_NOT_FOUND', 'ACCESS_DENIED']);

/**
 * Whether a transaction of a change and its audit event failed because of the event, or may have: DynamoDB does not name
 * the table that is missing or denied. An open breaker names its own. Contention is nobody's refusal.
 * @param place of the first write of the event in the transaction, behind the writes of the change
 * @param count of the writes of events that stand there
 */
export function isAuditRefusal(thrown: unknown, place = 1, count = 2): boolean {
  const error = thrown instanceof AppError ? thrown : undefined;
  if (!error) return false;
  const refusal = breakerRefusal(error);
  if (refusal) return refusal.table === env.AUDIT_TABLE;
  if (!(error.cause instanceof TransactionCanceledException)) return SILENT_ABOUT_TABLE.has(error.code);
  const refusals = Array.from({ length: place + count }, (_, at) => refusalAt(error, at));
  if (refusals.slice(0, place).some(Boolean)) return false;
  return refusals.slice(place).some((refusal) => refusal !== undefined && refusal !== 'TransactionConflict');
}

/**
 * Whether a change ends here without its event, which then follows: the audit table refused, or may have, and the mode
 * allows it. In strict mode such a refusal is tried again like any other.
 * @param place of the first write of the event in the transaction, and `count` how many there are
 */
export function endsWithoutEvent(thrown: unknown, place = 1, count = 2): boolean {
  return env.AUDIT_MODE === 'lenient' && isAuditRefusal(thrown, place, count);
}

/**
 * Refuses a change whose event could not be written, where the mode is strict; otherwise the event is to be kept aside. Either
 * counts as a failure to write it.
 * @param thrown what `isAuditRefusal` has found
 * @param events how many events the change has
 * @throws {AppError} with the code of the refusal
 */
export function refuseIfStrict(thrown: unknown, events = 1): void {
  const { code, message, retryAfterSeconds } = classifyError(thrown);
  const requestId = requestContext()?.requestId;
  recordEnd('audit', { outcome: code, durationMs: undefined, requestId, count: events });
  if (env.AUDIT_MODE === 'lenient') return;
  throw new AppError(
    code,
    `Nothing was changed: the event could not be written to the audit table ${env.AUDIT_TABLE}, and AUDIT_MODE is strict. ${message}`,
    { cause: thrown, ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }) },
  );
}
