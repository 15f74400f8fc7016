import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { stepStart } from '@/lib/server/metrics/metric-lane';
import { newRequestId } from '@/lib/server/request-id';
import { STEP_MS } from '@/lib/shared/metrics';

/** The partition of the hours that must be added up once more. */
export const LATE_LANE = 'LATE';

/** So long after its end an hour is still added up in each round; what arrives later asks for it. */
export const ROLLED_AFTER_END_MS = 10 * STEP_MS.minute;

/** Half of that, so that no minute falls between two processes whose clocks differ. */
const LATE_AFTER_MS = ROLLED_AFTER_END_MS / 2;

/**
 * Asks for the hour of a minute to be added up again, where it is over for so long that nobody would do it.
 * @throws what DynamoDB answered
 */
export async function noteLateMinute(minuteMs: number): Promise<void> {
  const hourMs = stepStart(minuteMs, 'hour');
  if (Date.now() < hourMs + STEP_MS.hour + LATE_AFTER_MS) return;
  const Item = {
    lane: LATE_LANE,
    itemKey: new Date(hourMs).toISOString(),
    // Whoever adds the hour up removes this mark only, not one that came meanwhile.
    mark: newRequestId(),
    ttl: Math.ceil(Date.now() / 1000) + 8 * 24 * 60 * 60,
  };
  await documentClient.send(new PutCommand({ TableName: env.METRICS_TABLE, Item }));
}
