import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { admitCall, noteCall } from '@/lib/server/breakers/breaker-gate';
import { type Call, type CallEnd, describeCall, rememberFailedCall } from '@/lib/server/dynamodb-call';
import { env } from '@/lib/server/env';
import { noteUngoverned } from '@/lib/server/governor/note-write';
import { recordCall } from '@/lib/server/metrics/record-call';
import { processState } from '@/lib/server/process-state';
import { traceCall } from '@/lib/server/traces/trace-call';

const LOCAL_CREDENTIALS = { accessKeyId: 'local', secretAccessKey: 'local' };

/** A call that is not answered by then has failed; leases of batches count on it. */
export const CALL_TIMEOUT_MS = 5000;

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
      const call = describeCall(context.commandName, args.input);
      if (call.isWrite) Object.assign(args.input, { ReturnConsumedCapacity: 'TOTAL' });
      const startedAt = performance.now();
      const durationMs = () => performance.now() - startedAt;
      try {
        admitCall(call);
        noteUngoverned(call, args.input);
        const answer = await traceCall(call, () => next(args));
        callEnded(call, { durationMs: durationMs(), output: answer.output });
        return answer;
      } catch (thrown) {
        rememberFailedCall(thrown, call);
        callEnded(call, { durationMs: durationMs(), thrown });
        throw thrown;
      }
    },
    { step: 'initialize', name: 'watchCalls' },
  );
  return client;
}

function callEnded(call: Call, end: CallEnd): void {
  noteCall(call, end);
  recordCall(call, end);
}
