import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { recordOrKeepEvent } from '@/lib/server/audit-log/record-event';
import { refusedSignInEvent } from '@/lib/server/audit-log/session-event';
import { classifyError } from '@/lib/server/classify-error';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { log } from '@/lib/server/log';
import { AppError } from '@/lib/shared/app-error';

const WINDOW_SECONDS = 60;

/** Tries per window. A whole campus may share one address, so that limit only catches what is far from normal. */
const MAX_TRIES = { email: 10, address: 300 };

/**
 * Counts a try to sign in, for all processes together, and refuses it beyond the limit. Where the count cannot be
 * written, the try goes on: whoever cannot reach the table cannot sign in anyway. The first refusal is an event.
 * @throws {AppError} RATE_LIMITED with the seconds to wait
 */
export async function requireSignInTry(email: string, address: string, requestId: string): Promise<void> {
  const now = Math.floor(Date.now() / 1000);
  const windowEnd = now - (now % WINDOW_SECONDS) + WINDOW_SECONDS;
  const [ofEmail, ofAddress] = await Promise.all([
    countTry(`email#${email}`, windowEnd, requestId),
    countTry(`address#${address}`, windowEnd, requestId),
  ]);
  if (ofEmail <= MAX_TRIES.email && ofAddress <= MAX_TRIES.address) return;
  const retryAfterSeconds = windowEnd - now;
  // One event per email and minute, not one per try: who tries a thousand times must not fill the trail.
  if ((await countTry(`refused#${email}`, windowEnd, requestId)) === 1) {
    await recordOrKeepEvent(refusedSignInEvent({ email, code: 'RATE_LIMITED', requestId }), requestId);
  }
  throw new AppError(
    'RATE_LIMITED',
    `Too many tries to sign in. Try again in ${retryAfterSeconds} seconds.`,
    {
      retryAfterSeconds,
    },
  );
}

async function countTry(who: string, windowEnd: number, requestId: string): Promise<number> {
  try {
    const { Attributes } = await documentClient.send(
      new UpdateCommand({
        TableName: env.SESSIONS_TABLE,
        Key: { key: `tries#${who}#${windowEnd}` },
        UpdateExpression: 'ADD tries :one SET #ttl = :ttl',
        ExpressionAttributeNames: { '#ttl': 'ttl' },
        ExpressionAttributeValues: { ':one': 1, ':ttl': windowEnd + WINDOW_SECONDS },
        ReturnValues: 'UPDATED_NEW',
      }),
    );
    return Number(Attributes?.tries ?? 0);
  } catch (thrown) {
    const { code, message } = classifyError(thrown);
    log.warn('sign-in try not counted', { requestId, operation: 'requireSignInTry', code, reason: message });
    return 0;
  }
}
