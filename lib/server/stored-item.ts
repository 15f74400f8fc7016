import { ConditionalCheckFailedException, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { AppError } from '@/lib/shared/app-error';

/**
 * The item that a refused condition met, from a call with `ReturnValuesOnConditionCheckFailure: ALL_OLD`.
 * `position` is the place of the write in its transaction. Undefined where no condition failed there, or no item was.
 */
export function storedItem(thrown: unknown, position = 0): Record<string, unknown> | undefined {
  const cause = thrown instanceof AppError ? thrown.cause : thrown;
  if (cause instanceof ConditionalCheckFailedException) return cause.Item && unmarshall(cause.Item);
  const reason = reasonAt(cause, position);
  return reason?.Code === 'ConditionalCheckFailed' && reason.Item ? unmarshall(reason.Item) : undefined;
}

/** Why the write at this position of a transaction was refused; undefined where it was not. */
export function refusalAt(thrown: unknown, position: number): string | undefined {
  const code = reasonAt(thrown instanceof AppError ? thrown.cause : thrown, position)?.Code;
  return code === 'None' ? undefined : code;
}

function reasonAt(cause: unknown, position: number) {
  return cause instanceof TransactionCanceledException ? cause.CancellationReasons?.[position] : undefined;
}

/** Whether a single write was refused by its condition. */
export function isConditionFailed(thrown: unknown): boolean {
  return thrown instanceof ConditionalCheckFailedException;
}
