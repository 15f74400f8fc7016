import { createHash } from 'node:crypto';
import { TransactWriteCommand, type TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import { type Counter, counterUpdate } from '@/lib/server/assignments/counters';
import { classifyError } from '@/lib/server/classify-error';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { log } from '@/lib/server/log';
import { withRetry } from '@/lib/server/retry';
import { refusalAt, storedItem } from '@/lib/server/stored-item';
import type { AppError } from '@/lib/shared/app-error';

export type Write = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

/** What a counter changes by, and the instant of the latest create where there is one. */
export type CounterChange = { counter: Counter; count: number; latest?: string };

type Sending = {
  operation: string;
  requestId: string;
  /** Names this intended transaction: sent again after a lost answer, DynamoDB answers as the first time. */
  token: string;
  /** Names errors that waiting does not help here. */
  isFinal?: (error: AppError) => boolean;
};

/**
 * Sends writes and the counters that follow from them in one transaction. A counter whose course or user is missing is
 * left out with a WARN, one that knows a later instant keeps it; contention is retried.
 * @throws {AppError} where one of `writes` was refused, or the transaction failed otherwise; then nothing has happened,
 *   unless only the answer was lost: the caller's own condition then meets what it wrote
 */
export async function sendCounted(
  writes: Write[],
  changes: CounterChange[],
  sending: Sending,
): Promise<void> {
  let planned = changes;
  for (let round = 0; ; round++) {
    try {
      await send([...writes, ...planned.map(toWrite)], { ...sending, token: `${sending.token}#${round}` });
      return;
    } catch (thrown) {
      planned = learnFrom(classifyError(thrown), { writes, planned, requestId: sending.requestId });
    }
  }
}

const toWrite = ({ counter, count, latest }: CounterChange): Write => ({
  Update: counterUpdate(counter, { count, ...(latest ? { latest } : {}) }),
});

async function send(TransactItems: Write[], { token, ...sending }: Sending): Promise<void> {
  const ClientRequestToken = createHash('sha256').update(token).digest('hex').slice(0, 36);
  const command = new TransactWriteCommand({ ClientRequestToken, TransactItems });
  await withRetry(() => documentClient.send(command), { ...sending, maxRetries: env.MAX_RETRIES });
}

type Plan = { writes: Write[]; planned: CounterChange[]; requestId: string };

/** Every refused counter loses its instant or its place, so planning ends. */
function learnFrom(error: AppError, { writes, planned, requestId }: Plan): CounterChange[] {
  const isRefused = (position: number) => refusalAt(error, position) === 'ConditionalCheckFailed';
  const isOurs = planned.some((_, position) => isRefused(writes.length + position));
  if (!isOurs || writes.some((_, position) => isRefused(position))) throw error;

  return planned.flatMap((change, position) => {
    if (!isRefused(writes.length + position)) return [change];
    const { latest, ...rest } = change;
    if (latest && storedItem(error, writes.length + position)) return [rest];
    log.warn('counter skipped: its item does not exist', { requestId, ...change.counter });
    return [];
  });
}
