import type { FailedItemSummary } from '@/lib/shared/failed-item';
import { fieldLabel } from '@/lib/shared/field-labels';

export type FailureCause = Pick<
  FailedItemSummary,
  'kind' | 'code' | 'class' | 'reason' | 'resource' | 'field' | 'message'
>;

/**
 * What helps: `retry` where only the weather was bad, `edit` where the data is wrong, `discard` where it is not needed any more,
 * `operator` where the system is to blame.
 */
export type Remedy = 'retry' | 'edit' | 'discard' | 'operator';

export type CauseSentence = { sentence: string; remedy: Remedy; whatToDo: string };

const WHAT_TO_DO = {
  wait: 'Nothing is wrong with the data. Retry once writes succeed again.',
  data: 'Correct it, then retry. As it is, a retry fails again.',
  table: 'Ask an operator to create it, or to correct its name in the environment. Then retry.',
  rights: 'Ask an operator to allow it for the role of this server. Then retry.',
  unexpected: 'Retry once. If it fails again, give the request ID to technical support.',
} as const;

/**
 * A cause in a sentence that a person understands, and what helps against it. Throttle reasons are those of DynamoDB.
 * Source: "Diagnosing throttling" in the Amazon DynamoDB Developer Guide.
 */
export function causeSentence(cause: FailureCause): CauseSentence {
  return kindCause(cause) ?? codeCause(cause);
}

/** Effects and undos: what waits is more to the point than what refused it. */
function kindCause(cause: FailureCause): CauseSentence | undefined {
  const why = lowerFirst(codeCause(cause).sentence);
  if (cause.kind === 'effects') {
    return {
      sentence: `Created, but its counts or its audit event are not written yet: ${why}`,
      remedy: 'retry',
      whatToDo: 'The assignment itself is safe. Retry writes what is missing, once.',
    };
  }
  if (cause.kind === 'undo') {
    return {
      sentence: `The undo of a batch is held up: ${why}`,
      remedy: 'retry',
      whatToDo: 'It goes on by itself once the cause is gone. Retry lets it try at once.',
    };
  }
  return undefined;
}

function codeCause(cause: FailureCause): CauseSentence {
  switch (cause.code) {
    case 'THROTTLING':
      return { sentence: throttled(cause), remedy: 'retry', whatToDo: WHAT_TO_DO.wait };
    case 'VALIDATION_ERROR':
      return { sentence: invalid(cause), remedy: 'edit', whatToDo: WHAT_TO_DO.data };
    case 'CONDITIONAL_FAILED':
      return conflict(cause);
    case 'RESOURCE_NOT_FOUND':
      return { sentence: missingTable(cause), remedy: 'operator', whatToDo: WHAT_TO_DO.table };
    case 'ACCESS_DENIED':
      return { sentence: denied(cause), remedy: 'operator', whatToDo: WHAT_TO_DO.rights };
    case 'FORBIDDEN':
      return {
        sentence: 'The person who sent it may not write in this course',
        remedy: 'edit',
        whatToDo: 'Choose another course, or give the person the right to this one. Then retry.',
      };
    case 'NOT_FOUND':
      return { sentence: withoutStop(cause.message), remedy: 'edit', whatToDo: WHAT_TO_DO.data };
    default:
      return unexpected(cause);
  }
}

const THROTTLE_REASONS: [pattern: RegExp, sentence: (resource: string) => string][] = [
  [/KeyRange/, (resource) => `One part of ${resource} was used more than DynamoDB allows a single part`],
  [/Provisioned/, (resource) => `More was sent to ${resource} than its provisioned capacity takes`],
  [/MaxOnDemand/, (resource) => `${capitalised(resource)} reached the limit that was set for it`],
  [/AccountLimit/, (resource) => `The AWS account reached its limit with ${resource}`],
];

function throttled({ reason, resource }: FailureCause): string {
  const known = THROTTLE_REASONS.find(([pattern]) => reason !== null && pattern.test(reason));
  if (known) return known[1](resourceName(resource, reason));
  return resource ? `DynamoDB was too busy with ${resourceName(resource)}` : 'DynamoDB was too busy';
}

function invalid({ field, message }: FailureCause): string {
  if (field === 'courseId') return 'The course does not exist';
  return field
    ? `${fieldLabel(field)} is not valid: ${lowerFirst(withoutStop(message))}`
    : withoutStop(message);
}

function conflict({ class: errorClass }: FailureCause): CauseSentence {
  if (errorClass === 'transient') {
    return {
      sentence: 'Several writes met at the same moment, and this one lost each time',
      remedy: 'retry',
      whatToDo: WHAT_TO_DO.wait,
    };
  }
  return {
    sentence: 'Another assignment has this ID already',
    remedy: 'discard',
    whatToDo: 'Compare the two. Discard this one where the other one is right.',
  };
}

const missingTable = ({ resource }: FailureCause) =>
  resource ? `The table ${tableOf(resource)} does not exist` : 'A table does not exist';

const denied = ({ resource }: FailureCause) =>
  `This server is not allowed to use ${resource ? resourceName(resource) : 'a table'}`;

function unexpected({ class: errorClass, message }: FailureCause): CauseSentence {
  if (errorClass === 'transient') {
    return {
      sentence: 'DynamoDB could not be reached, or its answer was lost',
      remedy: 'retry',
      whatToDo:
        'Retry once it answers again. What had arrived after all is recognised and not written twice.',
    };
  }
  return { sentence: withoutStop(message), remedy: 'operator', whatToDo: WHAT_TO_DO.unexpected };
}

/** `table/Name` and `table/Name/index/name` as DynamoDB's ARNs end, or the plain name of a table. */
function resourceName(resource: string | null, reason: string | null = null): string {
  const [, index = ''] = /\/index\/([^/]+)$/.exec(resource ?? '') ?? [];
  const table = tableOf(resource ?? '');
  if (index) return `the index ${index} of the table ${table}`;
  if (!table) return reason?.startsWith('Index') ? 'an index' : 'a table';
  return `the table ${table}`;
}

const tableOf = (resource: string) => resource.replace(/^table\//, '').split('/')[0] ?? '';

const withoutStop = (text: string) => text.replace(/\.\s*$/, '');

const capitalised = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** For the middle of a sentence; names in capitals stay as they are. */
const lowerFirst = (text: string) =>
  /^[A-Z][a-z]/.test(text) && !/^(DynamoDB|AWS)/.test(text)
    ? text.charAt(0).toLowerCase() + text.slice(1)
    : text;
