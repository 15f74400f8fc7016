import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import type { CallOutcome } from '@/lib/server/breakers/call-window';
import { classifyError } from '@/lib/server/classify-error';
import type { Call, CallEnd } from '@/lib/server/dynamodb-call';
import type { AppError } from '@/lib/shared/app-error';

/** What a write says about one of its tables. */
export type TableOutcome = { table: string; outcome: CallOutcome; message?: string };

const reasonsSchema = z.object({ ThrottlingReasons: z.array(z.object({ resource: z.string().optional() })) });

/**
 * What a write that has ended says about its tables; nothing about those of which it is not known. A refused condition or a
 * wrong item is a success: the table has answered. So is a BatchWriteItem that left a part unprocessed.
 */
export function callOutcomes(call: Call, end: CallEnd): TableOutcome[] {
  const passed = call.action === 'dynamodb:BatchWriteItem' ? 'batchPassed' : 'passed';
  if ('output' in end) return call.tables.map((table) => ({ table, outcome: passed }));
  if (end.thrown instanceof TransactionCanceledException) return canceledOutcomes(call, end.thrown);
  return failedOutcomes(call, classifyError(end.thrown));
}

function failedOutcomes(call: Call, error: AppError): TableOutcome[] {
  const all = (outcome: CallOutcome, tables = call.tables) =>
    tables.map((table) => ({ table, outcome, message: error.message }));
  const isBatch = call.action === 'dynamodb:BatchWriteItem';
  switch (error.code) {
    case 'CONDITIONAL_FAILED':
    case 'VALIDATION_ERROR':
      return all(isBatch ? 'batchPassed' : 'passed');
    case 'THROTTLING':
      return all(isBatch ? 'batchThrottled' : 'throttled', throttledTables(call, error.cause));
    case 'RESOURCE_NOT_FOUND':
      return all('missing', onlyTable(call));
    case 'ACCESS_DENIED':
      return all('denied', onlyTable(call));
    default:
      return error.isRetryable ? all('unanswered') : [];
  }
}

/** DynamoDB names what refused, where it can. */
function throttledTables({ tables }: Call, thrown: unknown): string[] {
  const reasons = reasonsSchema.safeParse(thrown).data?.ThrottlingReasons ?? [];
  const named = tables.filter((table) =>
    reasons.some(({ resource }) => resource?.split(/[:/]/).includes(table)),
  );
  return named.length > 0 ? named : tables;
}

/** DynamoDB does not say which table of a transaction is missing or denied; the calls that follow will. */
const onlyTable = ({ tables }: Call) => (tables.length === 1 ? tables : []);

const REFUSALS: Record<string, CallOutcome> = {
  ThrottlingError: 'throttled',
  ProvisionedThroughputExceeded: 'throttled',
  AccessDenied: 'denied',
};

/** A canceled transaction gives its reasons write by write. The writes without a reason were not tried to the end. */
function canceledOutcomes(
  call: Call,
  { CancellationReasons = [] }: TransactionCanceledException,
): TableOutcome[] {
  return call.tables.flatMap((table) => {
    const codes = CancellationReasons.flatMap(({ Code = 'None' }, place) =>
      call.places[place] === table && Code !== 'None' ? [Code] : [],
    );
    const refusal = codes.find((code) => code in REFUSALS);
    if (codes.length === 0) return [];
    const outcome = REFUSALS[refusal ?? ''] ?? 'passed';
    return [{ table, outcome, message: `A transaction was canceled with ${refusal ?? codes[0]}` }];
  });
}
