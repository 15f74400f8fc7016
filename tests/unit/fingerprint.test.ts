import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Cause, fingerprintOf } from '@/lib/server/failed-items/record/fingerprint';
import { newRequestId } from '@/lib/server/request-id';

const causeOf = (message: string, cause: Partial<Cause> = {}): Cause => ({
  ...{ kind: 'batch_row', code: 'SYSTEM_ERROR', reason: null, resource: null, field: null, message },
  ...cause,
});

const print = (message: string, values: string[] = []) => fingerprintOf(causeOf(message), values);

/** Messages as DynamoDB, the network and we ourselves write them. */
const MESSAGES = [
  'DynamoDB throttled this row at every attempt',
  'DynamoDB throttled dynamodb:PutItem on table "DemoProject-Assignments" (ASSIGNMENTS_TABLE).',
  'DynamoDB throttled dynamodb:TransactWriteItems on a table.',
  'DynamoDB has no table "DemoProject-Courses" (COURSES_TABLE). Check the variable and the region, or run "npm run db:setup".',
  'IAM does not allow dynamodb:PutItem on table "x": User: arn:aws:iam::123456789012:user/desk is not authorized to perform: dynamodb:PutItem',
  'Item size has exceeded the maximum allowed size',
  'Item collection size limit of 10 GB exceeded',
  'One or more parameter values were invalid: Missing the key assignmentId in the item',
  'One or more parameter values were invalid: Type mismatch for key courseId expected: S actual: NULL',
  'One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: title',
  'The conditional request failed',
  'Transaction is ongoing for the item',
  'Transaction cancelled, please refer cancellation reasons for specific reasons [None, TransactionConflict]',
  'The level of configured provisioned throughput for the table was exceeded. Consider increasing your provisioning level',
  'Throughput exceeds the current capacity of your table or index',
  'The security token included in the request is expired',
  'The request signature we calculated does not match the signature you provided',
  '@smithy/node-http-handler - [ERROR] a request has exceeded the configured 5000 ms requestTimeout.',
  'connect ECONNREFUSED 127.0.0.1:8000',
  'read ECONNRESET',
  'socket hang up',
  'getaddrinfo ENOTFOUND dynamodb.eu-west-1.amazonaws.com',
  'Internal server error',
  'Service Unavailable. Please try again later.',
  'No free assignment ID was found in 4 attempts',
  'There is no course C-1',
  'There is an assignment C-1 already',
  'The due date cannot be before the assignment opens',
  'The assignment cannot close before it is due',
  'The points cannot be negative',
  'The title can be at most 200 characters',
  'Choose one of homework, quiz, exam, project, discussion, lab',
];

const wordsOf = (message: string) => message.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
const ALL_WORDS = [...new Set(MESSAGES.flatMap(wordsOf))];

/** What cells hold: anything, and of all things short texts and words that messages are made of. */
const cell = fc.oneof(
  fc.constantFrom(
    '5',
    'a',
    'A',
    'I',
    '0',
    '',
    ' ',
    '-',
    '.',
    'at',
    'no',
    'row',
    'item',
    'true',
    '"',
    "'",
    '§',
    '#',
  ),
  fc.constantFrom(...ALL_WORDS, ...MESSAGES),
  fc.string(),
  fc.string({ unit: 'grapheme' }),
  fc.double().map(String),
  fc.uuid(),
  fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
);

/** What a message may name of a row: an id, a title, a number, a date. */
const named = fc.oneof(
  fc.constantFrom(
    '5',
    'a',
    'ä',
    'Oceans',
    'Essay on tides',
    'Row 7',
    "Newton's laws",
    'CM1010-2026',
    'Ж',
    '海',
  ),
  fc.stringMatching(/^[A-Z]{1,8}(-[A-Z0-9]{1,6})?$/),
  fc.stringMatching(/^[A-Z][a-z]{2,9} [a-z]{4,9}( \d)?$/).map((title) => `${title} xyz`),
  fc.nat().map(String),
  fc.uuid(),
  fc.constant('').map(newRequestId),
  fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
);

const TEMPLATES: ((value: string) => string)[] = [
  (value) => `There is no course ${value}`,
  (value) => `There is no course ${value}: choose one from the list of courses`,
  (value) => `There is an assignment ${value} already`,
  (value) => `There is an assignment "${value}" already`,
  (value) => `Type mismatch for '${value}' (${value}), expected: S`,
  (value) => `${value} has nothing to write`,
  (value) => `You do not teach ${value}, so you cannot work in it`,
  (value) => `Cannot write <${value}>; the limit is ${value.length} characters`,
];

describe('the fingerprint of a failure', () => {
  it.each(MESSAGES)('is the same where the row holds any word of %s', (message) => {
    const prints = wordsOf(message).map((word) => print(message, [word]));
    expect(new Set(prints)).toEqual(new Set([print(message)]));
  });

  it('is the same whatever the cells of its row hold', () => {
    fc.assert(
      fc.property(fc.constantFrom(...MESSAGES), fc.array(cell, { maxLength: 12 }), (message, cells) => {
        expect(print(message, cells)).toBe(print(message));
      }),
      { numRuns: 400 },
    );
  });

  it('is the same whatever value of the row its message names', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...TEMPLATES),
        fc.tuple(named, fc.array(cell, { maxLength: 5 })),
        fc.tuple(named, fc.array(cell, { maxLength: 5 })),
        (template, [first, others], [second, more]) => {
          expect(print(template(first), [...others, first])).toBe(print(template(second), [second, ...more]));
        },
      ),
      { numRuns: 400 },
    );
  });

  it('is the same whatever ids, numbers, dates and quoted texts stand in its message, known or not', () => {
    const texts = fc.oneof(
      fc.uuid(),
      fc.nat().map(String),
      fc.constant('').map(newRequestId),
      fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
      fc.constantFrom(
        'assignment_0b1f-8a',
        'batch_7#12',
        '127.0.0.1:8000',
        'ada@example.edu',
        '1,000',
        '-2.5',
        '12:30',
      ),
      fc.stringMatching(/^[A-Za-z ]{0,20}$/).map((text) => `"${text}"`),
    );
    fc.assert(
      fc.property(texts, texts, (first, second) => {
        const message = (text: string) => `Cannot write ${text} to the table: ${text} expected`;
        expect(print(message(first))).toBe(print(message(second)));
      }),
    );
  });

  it('tells different causes apart', () => {
    const prints = new Map(MESSAGES.map((message) => [print(message), message]));
    expect([...prints.values()]).toEqual(MESSAGES);
  });

  it.each([
    { kind: 'create' },
    { code: 'THROTTLING' },
    { reason: 'TableWriteProvisionedThroughputExceeded' },
    { reason: 'TableWriteAccountLimitExceeded' },
    { resource: 'table/DemoProject-Assignments' },
    { resource: 'table/DemoProject-AuditLogs' },
    { field: 'title' },
    { field: 'dueAt' },
  ] as Partial<Cause>[])('keeps failures apart by %o', (cause) => {
    const message = 'DynamoDB throttled this row at every attempt';
    expect(fingerprintOf(causeOf(message, cause), [])).not.toBe(print(message));
  });

  it('is not changed by a value within a longer word', () => {
    expect(print('The conditional request failed', ['condition', 'quest', 'fail'])).toBe(
      print('The conditional request failed'),
    );
  });
});
