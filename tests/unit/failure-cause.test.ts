import {
  InternalServerError,
  ProvisionedThroughputExceededException,
  RequestLimitExceeded,
  ThrottlingException,
} from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { classifyError } from '@/lib/server/classify-error';
import { failureCause } from '@/lib/server/failed-items/record/failure-cause';
import { AppError } from '@/lib/shared/app-error';

const common = { message: 'Slow down', $metadata: {} };
const reasons = [
  {
    reason: 'TableWriteProvisionedThroughputExceeded',
    resource: 'arn:aws:dynamodb:eu-west-1:123456789012:table/Assignments/index/byCourse',
  },
];

describe('the cause of a failure', () => {
  it.each([
    new ProvisionedThroughputExceededException({ ...common, ThrottlingReasons: reasons }),
    new RequestLimitExceeded({ ...common, ThrottlingReasons: reasons }),
    new ThrottlingException({ ...common, throttlingReasons: reasons }),
  ])('names why DynamoDB throttled, and what, of a $name', (thrown) => {
    expect(failureCause(classifyError(thrown))).toMatchObject({
      code: 'THROTTLING',
      class: 'transient',
      reason: 'TableWriteProvisionedThroughputExceeded',
      resource: 'table/Assignments/index/byCourse',
      field: null,
    });
  });

  it('is found below the errors that were made of it', () => {
    const thrown = new ThrottlingException({ ...common, throttlingReasons: reasons });
    const error = new AppError('THROTTLING', 'Gave up', { cause: classifyError(thrown) });
    expect(failureCause(error)).toMatchObject({ reason: reasons[0]?.reason });
  });

  it('does without reasons that DynamoDB does not give', () => {
    const empty = new ThrottlingException({ ...common, throttlingReasons: [] });
    const nothing = { reason: null, resource: null };
    expect(failureCause(classifyError(empty))).toMatchObject(nothing);
    expect(failureCause(classifyError(new ThrottlingException(common)))).toMatchObject(nothing);
    expect(failureCause(classifyError(new InternalServerError(common)))).toMatchObject(nothing);
    expect(failureCause(classifyError('a text'))).toMatchObject({ code: 'SYSTEM_ERROR', ...nothing });
  });

  it('names the first field that is wrong', () => {
    const fields = [
      { field: 'title', message: 'Too long' },
      { field: 'dueAt', message: 'Too late' },
    ];
    expect(failureCause(new AppError('VALIDATION_ERROR', 'Two', { fields }))).toMatchObject({
      field: 'title',
    });
  });
});
