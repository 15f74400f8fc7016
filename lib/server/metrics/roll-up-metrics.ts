import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import { queryStored } from '@/lib/server/consistency/read-stored';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { log } from '@/lib/server/log';
import { LATE_LANE, ROLLED_AFTER_END_MS } from '@/lib/server/metrics/late-hour';
import { KEPT_DAYS, stepStart } from '@/lib/server/metrics/metric-lane';
import { rollUpStep } from '@/lib/server/metrics/roll-up-step';
import { noteRolledTo, takeRollingTurn } from '@/lib/server/metrics/rolling-turn';
import { isConditionFailed } from '@/lib/server/stored-item';
import { STEP_MS } from '@/lib/shared/metrics';

/** Hours that one round makes up for at most, where nobody was there to do it. */
const MOST_HOURS = 24;

/**
 * Adds minutes up to hours and hours to days: those that run, those that have just ended, and those of which something came
 * late. One process at a time does it, and however often it is done, the sums are the same.
 * @returns how many hours were added up; 0 where another process does it
 * @throws what DynamoDB answered; the next round does it again
 */
export async function rollUpMetrics(requestId: string): Promise<number> {
  const nowMs = Date.now();
  const turn = await takeRollingTurn();
  if (!turn) return 0;
  const late = await readLateHours(requestId);
  const due = dueHours(turn.rolledToMs, nowMs);
  const hours = [...new Set([...late.map(({ hourMs }) => hourMs), ...due])];
  for (const hourMs of hours) await rollUpStep('hour', hourMs, requestId);
  const days = new Set(hours.map((hourMs) => stepStart(hourMs, 'day')));
  for (const dayMs of days) await rollUpStep('day', dayMs, requestId);
  await Promise.all(late.map(forgetLateHour));
  const forGood = due.filter((hourMs) => hourMs + STEP_MS.hour + ROLLED_AFTER_END_MS <= nowMs).at(-1);
  if (forGood !== undefined) await noteRolledTo(forGood);
  if (late.length > 0) log.info('late minutes added up', { requestId, hours: late.length });
  return hours.length;
}

/** From the first that is not added up for good to the running one. */
function dueHours(rolledToMs: number | undefined, nowMs: number): number[] {
  const runningMs = stepStart(nowMs, 'hour');
  const oldestMs = stepStart(nowMs - KEPT_DAYS.minute * STEP_MS.day, 'hour');
  const firstMs =
    rolledToMs === undefined ? runningMs - STEP_MS.hour : Math.max(rolledToMs + STEP_MS.hour, oldestMs);
  const count = (runningMs - firstMs) / STEP_MS.hour + 1;
  return Array.from(
    { length: Math.min(Math.max(count, 0), MOST_HOURS) },
    (_, at) => firstMs + at * STEP_MS.hour,
  );
}

type LateHour = { hourMs: number; itemKey: string; mark: unknown };

async function readLateHours(requestId: string): Promise<LateHour[]> {
  const query = {
    TableName: env.METRICS_TABLE,
    KeyConditionExpression: 'lane = :late',
    ExpressionAttributeValues: { ':late': LATE_LANE },
    ConsistentRead: true,
  };
  const late: LateHour[] = [];
  for await (const items of queryStored(query, requestId)) {
    for (const { itemKey, mark } of items) {
      late.push({ hourMs: Date.parse(String(itemKey)), itemKey: String(itemKey), mark });
    }
  }
  return late;
}

/** Unless something came late once more while its hour was added up. */
async function forgetLateHour({ itemKey, mark }: LateHour): Promise<void> {
  const command = new DeleteCommand({
    TableName: env.METRICS_TABLE,
    Key: { lane: LATE_LANE, itemKey },
    ConditionExpression: 'mark = :mark',
    ExpressionAttributeValues: { ':mark': mark },
  });
  try {
    await documentClient.send(command);
  } catch (thrown) {
    if (!isConditionFailed(thrown)) throw thrown;
  }
}
