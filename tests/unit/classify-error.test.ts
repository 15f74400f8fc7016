import * as sdk from '@aws-sdk/client-dynamodb';
import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { classifyError } from '@/lib/server/classify-error';
import { AppError } from '@/lib/shared/app-error';

const named = (name: string) => Object.assign(new Error(`what ${name} says`), { name });

/** Every error that the SDK can throw for an operation we use, and those of the network, to code and class. */
const EXPECTED: Record<string, [code: string, errorClass: string]> = {
  ThrottlingException: ['THROTTLING', 'transient'],
  ProvisionedThroughputExceededException: ['THROTTLING', 'transient'],
  RequestLimitExceeded: ['THROTTLING', 'transient'],
  LimitExceededException: ['THROTTLING', 'transient'],
  ConditionalCheckFailedException: ['CONDITIONAL_FAILED', 'data'],
  DuplicateItemException: ['CONDITIONAL_FAILED', 'business'],
  IdempotentParameterMismatchException: ['CONDITIONAL_FAILED', 'business'],
  TransactionConflictException: ['CONDITIONAL_FAILED', 'transient'],
  TransactionInProgressException: ['CONDITIONAL_FAILED', 'transient'],
  ReplicatedWriteConflictException: ['CONDITIONAL_FAILED', 'transient'],
  ResourceNotFoundException: ['RESOURCE_NOT_FOUND', 'system'],
  TableNotFoundException: ['RESOURCE_NOT_FOUND', 'system'],
  IndexNotFoundException: ['RESOURCE_NOT_FOUND', 'system'],
  AccessDeniedException: ['ACCESS_DENIED', 'system'],
  UnrecognizedClientException: ['ACCESS_DENIED', 'system'],
  InvalidSignatureException: ['ACCESS_DENIED', 'system'],
  IncompleteSignatureException: ['ACCESS_DENIED', 'system'],
  MissingAuthenticationTokenException: ['ACCESS_DENIED', 'system'],
  ExpiredTokenException: ['ACCESS_DENIED', 'system'],
  CredentialsProviderError: ['ACCESS_DENIED', 'system'],
  ValidationException: ['VALIDATION_ERROR', 'data'],
  ItemCollectionSizeLimitExceededException: ['VALIDATION_ERROR', 'data'],
  SerializationException: ['VALIDATION_ERROR', 'data'],
  InternalServerError: ['SYSTEM_ERROR', 'transient'],
  InternalServerErrorException: ['SYSTEM_ERROR', 'transient'],
  ServiceUnavailable: ['SYSTEM_ERROR', 'transient'],
  ServiceUnavailableException: ['SYSTEM_ERROR', 'transient'],
  TimeoutError: ['SYSTEM_ERROR', 'transient'],
  RequestTimeout: ['SYSTEM_ERROR', 'transient'],
  RequestTimeoutException: ['SYSTEM_ERROR', 'transient'],
};

/** Errors of operations that the product never calls (backups, exports, replicas, policies). */
const NEVER_CALLED =
  /^(Backup|ContinuousBackups|Export|Import|GlobalTable|PointInTime|Policy|Replica(AlreadyExists|NotFound)|Invalid(Endpoint|ExportTime|RestoreTime)|ResourceInUse|TableAlreadyExists|TableInUse|TransactionCanceled|DynamoDBService)/;

const ofSdk = Object.keys(sdk).filter(
  (name) => /(Exception|Exceeded)$/.test(name) && !NEVER_CALLED.test(name),
);

describe('classifyError', () => {
  it.each(Object.entries(EXPECTED))('gives %s its code and class', (name, [code, errorClass]) => {
    expect(classifyError(named(name))).toMatchObject({ code, errorClass });
  });

  it.each(ofSdk)('knows the error %s of the SDK', (name) => {
    expect(Object.keys(EXPECTED)).toContain(name);
  });

  it.each(['ECONNRESET', 'ECONNREFUSED', 'ETIMEDOUT', 'EPIPE', 'ENOTFOUND', 'EAI_AGAIN'])(
    'takes the network code %s as transient',
    (code) => {
      expect(classifyError(Object.assign(new Error(code), { code }))).toMatchObject({
        code: 'SYSTEM_ERROR',
        errorClass: 'transient',
      });
    },
  );

  it.each([
    [['None', 'ConditionalCheckFailed'], 'CONDITIONAL_FAILED', 'data'],
    [['TransactionConflict', 'None'], 'CONDITIONAL_FAILED', 'transient'],
    [['ThrottlingError', 'None'], 'THROTTLING', 'transient'],
    [['ProvisionedThroughputExceeded', 'TransactionConflict'], 'THROTTLING', 'transient'],
    [['ValidationError'], 'VALIDATION_ERROR', 'data'],
    [['AccessDenied'], 'ACCESS_DENIED', 'system'],
    [['SomethingNew'], 'SYSTEM_ERROR', 'system'],
  ])('judges a canceled transaction %j by its reasons', (codes, code, errorClass) => {
    const thrown = new TransactionCanceledException({
      message: 'canceled',
      $metadata: {},
      CancellationReasons: codes.map((Code) => ({ Code })),
    });

    expect(classifyError(thrown)).toMatchObject({ code, errorClass, cause: thrown });
  });

  it('takes what it does not know as SYSTEM_ERROR that waiting does not help', () => {
    expect(classifyError(new TypeError('a bug'))).toMatchObject({
      code: 'SYSTEM_ERROR',
      errorClass: 'system',
    });
    expect(classifyError('thrown text')).toMatchObject({ code: 'SYSTEM_ERROR', message: 'thrown text' });
  });

  it('leaves an AppError as it is', () => {
    const error = new AppError('NOT_FOUND', 'gone');

    expect(classifyError(error)).toBe(error);
  });

  it('shortens a message that repeats the whole request', () => {
    const thrown = Object.assign(new Error('x'.repeat(10_000)), { name: 'ValidationException' });

    expect(classifyError(thrown).message.length).toBeLessThan(600);
  });
});
