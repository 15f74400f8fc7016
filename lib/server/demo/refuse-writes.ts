import { ProvisionedThroughputExceededException } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { requireLocalEngine } from '@/lib/server/demo/require-local-engine';
import { dynamodb } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';

const batchWriteSchema = z.object({ RequestItems: z.record(z.string(), z.array(z.unknown())) });

/**
 * Runs `work` while DynamoDB refuses, for its throughput, every write into `table` that contains one of these texts: the bad
 * hour of a demo. Only in the process of the demo, and only on a local engine.
 */
export async function whileRefused<Result>(
  { table, texts }: { table: string; texts: readonly string[] },
  work: () => Promise<Result>,
): Promise<Result> {
  requireLocalEngine();
  const isRefused = (request: unknown) => texts.some((part) => JSON.stringify(request).includes(part));
  const isWrite = (name: string, input: object) =>
    /Put|Update|Write/.test(name) && JSON.stringify(input).includes(`"${table}"`);
  dynamodb.middlewareStack.add(
    (next, { commandName = '' }) =>
      async (args) => {
        if (!isWrite(commandName, args.input)) return next(args);
        const requests = batchWriteSchema.safeParse(args.input).data?.RequestItems[table] ?? [args.input];
        const refused = requests.filter(isRefused);
        if (refused.length === 0) return next(args);
        if (refused.length === requests.length) throw throttled(table);
        const accepted = requests.filter((request) => !refused.includes(request));
        Object.assign(args.input, { RequestItems: { [table]: accepted } });
        const answer = await next(args);
        Object.assign(answer.output, { UnprocessedItems: { [table]: refused } });
        return answer;
      },
    { step: 'initialize', priority: 'low', name: 'refuseWrites' },
  );
  try {
    return await work();
  } finally {
    dynamodb.middlewareStack.remove('refuseWrites');
  }
}

function throttled(table: string): Error {
  return new ProvisionedThroughputExceededException({
    message: 'The level of configured provisioned throughput for the table was exceeded',
    $metadata: {},
    ThrottlingReasons: [
      {
        reason: 'TableWriteProvisionedThroughputExceeded',
        resource: `arn:aws:dynamodb:${env.AWS_REGION ?? 'local'}:000000000000:table/${table}`,
      },
    ],
  });
}
