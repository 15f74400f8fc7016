import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { env } from '@/lib/server/env';
import { processState } from '@/lib/server/process-state';

const LOCAL_CREDENTIALS = { accessKeyId: 'local', secretAccessKey: 'local' };

/** A call that is not answered by then has failed; leases of batches count on it. */
export const CALL_TIMEOUT_MS = 5000;

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
    requestHandler: {
      connectionTimeout: 1000,
      requestTimeout: CALL_TIMEOUT_MS,
      // Without it a call that is never answered only logs a warning, and hangs.
      throwOnRequestTimeout: true,
      httpAgent: { maxSockets: 128 },
      httpsAgent: { maxSockets: 128 },
    },
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

/** The tables in the input of a command: `TableName` at its top or in its writes, or the keys of `RequestItems`. */
function tablesOf(input: object): string[] {
  const names = [...JSON.stringify(input).matchAll(/"TableName":"([\w.-]+)"/g)].map(([, name]) => name ?? '');
  const requestItems = 'RequestItems' in input && input.RequestItems;
  return [...new Set([...names, ...Object.keys(requestItems || {})])];
}
