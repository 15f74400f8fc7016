import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { env } from '@/lib/server/env';
import { processState } from '@/lib/server/process-state';

const LOCAL_CREDENTIALS = { accessKeyId: 'local', secretAccessKey: 'local' };

type FailedCall = { action: string; tables: string[] };

const callOfError = processState('callOfError', () => new WeakMap<Error, FailedCall>());

/**
 * The one client of the process; connections are kept and reused. `maxAttempts: 1` switches the SDK's own retries
 * off: `withRetry` is the only retry loop, so attempts are counted and logged once.
 */
export const dynamodb = processState('dynamodb', createClient);

export const documentClient = processState('documentClient', () =>
  DynamoDBDocumentClient.from(dynamodb, { marshallOptions: { removeUndefinedValues: true } }),
);

function createClient(): DynamoDBClient {
  const client = new DynamoDBClient({
    maxAttempts: 1,
    cacheMiddleware: true,
    requestHandler: { connectionTimeout: 1000, requestTimeout: 5000, httpsAgent: { maxSockets: 128 } },
    ...(env.DYNAMODB_ENDPOINT
      ? { endpoint: env.DYNAMODB_ENDPOINT, region: env.AWS_REGION ?? 'local', credentials: LOCAL_CREDENTIALS }
      : {}),
  });
  client.middlewareStack.add(
    (next, context) => async (args) => {
      try {
        return await next(args);
      } catch (thrown) {
        const call = { action: actionOf(context.commandName), tables: tablesOf(args.input) };
        if (thrown instanceof Error) callOfError.set(thrown, call);
        throw thrown;
      }
    },
    { step: 'initialize', name: 'rememberFailedCall' },
  );
  return client;
}

/** Which IAM action on which tables failed with this error; DynamoDB's own message often names neither. */
export function failedCall(error: Error): FailedCall | undefined {
  return callOfError.get(error);
}

function actionOf(commandName: string | undefined): string {
  return `dynamodb:${(commandName ?? 'unknown').replace(/Command$/, '')}`;
}

/** Every `TableName` in the input of a command, and the keys of a batch's `RequestItems`. */
function tablesOf(input: unknown): string[] {
  const names = new Set<string>();
  const visit = (value: unknown, depth: number) => {
    if (typeof value !== 'object' || value === null || depth > 3) return;
    for (const [key, child] of Object.entries(value)) {
      if (key === 'TableName' && typeof child === 'string') names.add(child);
      else if (key === 'RequestItems' && typeof child === 'object' && child !== null) {
        for (const name of Object.keys(child)) names.add(name);
      } else visit(child, depth + 1);
    }
  };
  visit(input, 0);
  return [...names];
}
