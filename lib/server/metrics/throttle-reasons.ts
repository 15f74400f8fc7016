import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import type { Call } from '@/lib/server/dynamodb-call';

/** Why DynamoDB refused for throughput, in its own words, and which table, index or partition it named. */
export type ThrottleReason = { reason: string; resource: string };

/** What DynamoDB says since August 2025; older endpoints and local engines name the error only. */
const reasonsSchema = z.object({
  ThrottlingReasons: z.array(z.object({ reason: z.string(), resource: z.string() })).min(1),
});

const THROTTLES = new Set([
  'ProvisionedThroughputExceededException',
  'ThrottlingException',
  'RequestLimitExceeded',
  'LimitExceededException',
]);

const CANCELLED_BY = new Set(['ThrottlingError', 'ProvisionedThroughputExceeded']);

/** The refusals for throughput in what a call threw: none where it failed for another reason, or never reached DynamoDB. */
export function throttleReasons(thrown: unknown, { tables, input }: Call): ThrottleReason[] {
  const named = reasonsSchema.safeParse(thrown).data;
  if (named) return named.ThrottlingReasons;
  if (thrown instanceof TransactionCanceledException) {
    return (thrown.CancellationReasons ?? []).flatMap(({ Code }, position) =>
      Code && CANCELLED_BY.has(Code) ? [{ reason: Code, resource: tableAt(input, position) }] : [],
    );
  }
  if (!(thrown instanceof Error && THROTTLES.has(thrown.name))) return [];
  return [{ reason: thrown.name.replace(/Exception$/, ''), resource: tables.join(' or ') }];
}

const placedSchema = z.object({ TableName: z.string() });
const writesSchema = z.object({ TransactItems: z.array(z.record(z.string(), z.unknown())) });

/** The table that the write at this position of a transaction is about. */
function tableAt(input: object | undefined, position: number): string {
  const [write] = Object.values(writesSchema.safeParse(input).data?.TransactItems[position] ?? {});
  return placedSchema.safeParse(write).data?.TableName ?? 'a table';
}
