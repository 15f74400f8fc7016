import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { breakerRefusal } from '@/lib/server/breakers/breaker-refusal';
import { failedCall } from '@/lib/server/dynamodb-call';
import { tableVariable } from '@/lib/server/env';
import { AppError, type ErrorClass, type ErrorCode } from '@/lib/shared/app-error';

type Kind = { code: ErrorCode; errorClass?: ErrorClass };

const THROTTLED: Kind = { code: 'THROTTLING' };
const DENIED: Kind = { code: 'ACCESS_DENIED' };
const MISSING: Kind = { code: 'RESOURCE_NOT_FOUND' };
/** Another transaction held the item at this moment: nothing is wrong with the data, so the same call is sent again. */
const CONTENDED: Kind = { code: 'CONDITIONAL_FAILED', errorClass: 'transient' };
/** A failure between us and DynamoDB, or inside it: says nothing about whether the write happened. */
const UNREACHABLE: Kind = { code: 'SYSTEM_ERROR', errorClass: 'transient' };

/**
 * Error names of DynamoDB and of the network to our kinds; all other names are a SYSTEM_ERROR.
 * Source: "Error handling with DynamoDB" in the Amazon DynamoDB Developer Guide.
 */
const KIND_BY_NAME: Record<string, Kind> = {
  ThrottlingException: THROTTLED,
  ProvisionedThroughputExceededException: THROTTLED,
  RequestLimitExceeded: THROTTLED,
  LimitExceededException: THROTTLED,
  ConditionalCheckFailedException: { code: 'CONDITIONAL_FAILED' },
  DuplicateItemException: { code: 'CONDITIONAL_FAILED', errorClass: 'business' },
  IdempotentParameterMismatchException: { code: 'CONDITIONAL_FAILED', errorClass: 'business' },
  TransactionConflictException: CONTENDED,
  TransactionInProgressException: CONTENDED,
  ReplicatedWriteConflictException: CONTENDED,
  ResourceNotFoundException: MISSING,
  TableNotFoundException: MISSING,
  IndexNotFoundException: MISSING,
  AccessDeniedException: DENIED,
  UnrecognizedClientException: DENIED,
  InvalidSignatureException: DENIED,
  IncompleteSignatureException: DENIED,
  MissingAuthenticationTokenException: DENIED,
  ExpiredTokenException: DENIED,
  CredentialsProviderError: DENIED,
  ValidationException: { code: 'VALIDATION_ERROR' },
  ItemCollectionSizeLimitExceededException: { code: 'VALIDATION_ERROR' },
  SerializationException: { code: 'VALIDATION_ERROR' },
  InternalServerError: UNREACHABLE,
  InternalServerErrorException: UNREACHABLE,
  ServiceUnavailable: UNREACHABLE,
  ServiceUnavailableException: UNREACHABLE,
  TimeoutError: UNREACHABLE,
  RequestTimeout: UNREACHABLE,
  RequestTimeoutException: UNREACHABLE,
  ECONNRESET: UNREACHABLE,
  ECONNREFUSED: UNREACHABLE,
  ETIMEDOUT: UNREACHABLE,
  EPIPE: UNREACHABLE,
  EHOSTUNREACH: UNREACHABLE,
  ENETUNREACH: UNREACHABLE,
  ENOTFOUND: UNREACHABLE,
  EAI_AGAIN: UNREACHABLE,
  UND_ERR_SOCKET: UNREACHABLE,
};

/** Codes of a canceled transaction's reasons, worst first: the first that occurs names the whole error. */
const KIND_BY_REASON: [reason: string, kind: Kind][] = [
  ['ConditionalCheckFailed', { code: 'CONDITIONAL_FAILED' }],
  ['DuplicateItem', { code: 'CONDITIONAL_FAILED', errorClass: 'business' }],
  ['ValidationError', { code: 'VALIDATION_ERROR' }],
  ['ItemCollectionSizeLimitExceeded', { code: 'VALIDATION_ERROR' }],
  ['AccessDenied', DENIED],
  ['ThrottlingError', THROTTLED],
  ['ProvisionedThroughputExceeded', THROTTLED],
  ['TransactionConflict', CONTENDED],
];

const MAX_MESSAGE_LENGTH = 500;

/** Turns whatever was thrown into an `AppError` that names table, action and remedy; the original stays on `cause`. */
export function classifyError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;

  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  const refusal = breakerRefusal(error);
  if (refusal) {
    const { retryAfterSeconds } = refusal;
    return new AppError('THROTTLING', error.message, { cause: error, retryAfterSeconds });
  }
  const { code, errorClass } = kindOf(error);
  return new AppError(code, messageOf(code, error), {
    cause: thrown,
    ...(errorClass ? { errorClass } : {}),
    ...(code === 'THROTTLING' ? { retryAfterSeconds: 5 } : {}),
  });
}

function kindOf(error: NodeJS.ErrnoException): Kind {
  if (error instanceof TransactionCanceledException) {
    const reasons = new Set(error.CancellationReasons?.map(({ Code }) => Code));
    return KIND_BY_REASON.find(([reason]) => reasons.has(reason))?.[1] ?? { code: 'SYSTEM_ERROR' };
  }
  return KIND_BY_NAME[error.name] ?? KIND_BY_NAME[error.code ?? ''] ?? { code: 'SYSTEM_ERROR' };
}

/** DynamoDB's validation messages can repeat the whole request and its missing-table message names nothing. */
function messageOf(code: ErrorCode, error: Error): string {
  const call = failedCall(error);
  const tables = call?.tables.map(describeTable).join(' or ') || 'a table';
  switch (code) {
    case 'RESOURCE_NOT_FOUND':
      return `DynamoDB has no ${tables}. Check the variable and the region, or run "npm run db:setup".`;
    case 'ACCESS_DENIED':
      return `IAM does not allow ${call?.action ?? 'this action'} on ${tables}: ${shorten(error.message)}`;
    case 'THROTTLING':
      return `DynamoDB throttled ${call?.action ?? 'the request'} on ${tables}.`;
    default:
      return shorten(error.message) || error.name;
  }
}

function describeTable(tableName: string): string {
  const variable = tableVariable(tableName);
  return variable ? `table "${tableName}" (${variable})` : `table "${tableName}"`;
}

function shorten(message: string): string {
  return message.length > MAX_MESSAGE_LENGTH ? `${message.slice(0, MAX_MESSAGE_LENGTH)}…` : message;
}
