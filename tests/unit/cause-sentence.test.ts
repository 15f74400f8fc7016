import { describe, expect, it } from 'vitest';
import { causeSentence, type FailureCause } from '@/components/failed-items/cause-sentence';

const causeOf = (cause: Partial<FailureCause>): FailureCause => ({
  kind: 'batch_row',
  code: 'SYSTEM_ERROR',
  class: 'system',
  reason: null,
  resource: null,
  field: null,
  message: 'Something broke.',
  ...cause,
});

const sentenceOf = (cause: Partial<FailureCause>) => causeSentence(causeOf(cause)).sentence;
const remedyOf = (cause: Partial<FailureCause>) => causeSentence(causeOf(cause)).remedy;

describe('the sentence of a cause', () => {
  it.each([
    [null, null, 'DynamoDB was too busy'],
    [null, 'DemoProject-Assignments', 'DynamoDB was too busy with the table DemoProject-Assignments'],
    [
      'TableWriteProvisionedThroughputExceeded',
      'table/DemoProject-Assignments',
      'More was sent to the table DemoProject-Assignments than its provisioned capacity takes',
    ],
    [
      'IndexWriteKeyRangeThroughputExceeded',
      'table/DemoProject-Assignments/index/byCourse',
      'One part of the index byCourse of the table DemoProject-Assignments was used more than DynamoDB allows a single part',
    ],
    [
      'TableWriteMaxOnDemandThroughputExceeded',
      'table/DemoProject-Assignments',
      'The table DemoProject-Assignments reached the limit that was set for it',
    ],
    ['IndexWriteAccountLimitExceeded', null, 'The AWS account reached its limit with an index'],
  ])('names what DynamoDB throttled and why (%s, %s)', (reason, resource, sentence) => {
    expect(sentenceOf({ code: 'THROTTLING', class: 'transient', reason, resource })).toBe(sentence);
  });

  it('names the wrong field as the form names it', () => {
    const message = 'The due date cannot be before the assignment opens';

    expect(sentenceOf({ code: 'VALIDATION_ERROR', class: 'data', field: 'dueAt', message })).toBe(
      'Due is not valid: the due date cannot be before the assignment opens',
    );
  });

  it('says of a missing course that it does not exist', () => {
    expect(sentenceOf({ code: 'VALIDATION_ERROR', class: 'data', field: 'courseId' })).toBe(
      'The course does not exist',
    );
  });

  it('tells a taken ID from writes that met', () => {
    expect(sentenceOf({ code: 'CONDITIONAL_FAILED', class: 'business' })).toBe(
      'Another assignment has this ID already',
    );
    expect(sentenceOf({ code: 'CONDITIONAL_FAILED', class: 'transient' })).toMatch(/^Several writes met/);
  });

  it('names the table that is missing or not allowed', () => {
    const resource = 'DemoProject-Courses';

    expect(sentenceOf({ code: 'RESOURCE_NOT_FOUND', resource })).toBe(
      'The table DemoProject-Courses does not exist',
    );
    expect(sentenceOf({ code: 'ACCESS_DENIED', resource })).toBe(
      'This server is not allowed to use the table DemoProject-Courses',
    );
  });

  it('says of pending effects that the assignment exists, and why its counts wait', () => {
    expect(sentenceOf({ kind: 'effects', code: 'THROTTLING' })).toBe(
      'Created, but its counts or its audit event are not written yet: DynamoDB was too busy',
    );
  });

  it('falls back on the message itself', () => {
    expect(sentenceOf({ code: 'SOMETHING_NEW' })).toBe('Something broke');
  });
});

describe('what helps', () => {
  it('is a retry where only the weather was bad', () => {
    expect(remedyOf({ code: 'THROTTLING', class: 'transient' })).toBe('retry');
    expect(remedyOf({ code: 'SYSTEM_ERROR', class: 'transient' })).toBe('retry');
    expect(remedyOf({ kind: 'effects', code: 'RESOURCE_NOT_FOUND' })).toBe('retry');
  });

  it('is an edit where the data is wrong', () => {
    expect(remedyOf({ code: 'VALIDATION_ERROR', class: 'data' })).toBe('edit');
  });

  it('is to discard it where another assignment has its place', () => {
    expect(remedyOf({ code: 'CONDITIONAL_FAILED', class: 'business' })).toBe('discard');
  });

  it('is an operator where the system is to blame', () => {
    expect(remedyOf({ code: 'RESOURCE_NOT_FOUND' })).toBe('operator');
    expect(remedyOf({ code: 'ACCESS_DENIED' })).toBe('operator');
    expect(remedyOf({ code: 'SYSTEM_ERROR', class: 'system' })).toBe('operator');
  });
});
