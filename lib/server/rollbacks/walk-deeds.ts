import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { hourLanes } from '@/lib/server/audit-log/audit-event-item';
import { readShardPlan } from '@/lib/server/audit-log/lanes/shard-plan';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { withRetry } from '@/lib/server/retry';
import type { Deeds } from '@/lib/server/rollbacks/plan-target';

/** An event as far as it says what somebody did to what. */
const deedSchema = z.object({
  eventKey: z.string(),
  time: z.string(),
  action: z.string(),
  resource: z.object({
    kind: z.string(),
    assignmentId: z.string().nullish(),
    batchId: z.string().optional(),
  }),
});

export type Deed = z.infer<typeof deedSchema>;

/** Hours that are read at a time; each has several lanes. */
const HOURS_AT_ONCE = 6;

const HOUR_MS = 60 * 60 * 1000;

/**
 * The audit events of a person between two instants, newest first, hour by hour as they are read. Rows of batches are in
 * segments of their batches and not among them.
 * @param deeds `before` leaves out what is not older than this sort key
 * @throws {AppError} what DynamoDB answered
 */
export async function* walkDeeds(
  { before, ...deeds }: Deeds & { before?: string | undefined },
  requestId: string,
): AsyncGenerator<Deed[]> {
  // All keys of the last millisecond begin with it and '#'; '~' sorts behind what can follow.
  const last = before !== undefined && before < `${deeds.to}#~` ? before : `${deeds.to}#~`;
  const hours = hoursBackwards(deeds.from, last.slice(0, 24));
  for (let at = 0; at < hours.length; at += HOURS_AT_ONCE) {
    const read = hours
      .slice(at, at + HOURS_AT_ONCE)
      .map((hour) => deedsOfHour(hour, { deeds, last, requestId }));
    for (const found of await Promise.all(read)) {
      const older = found.filter(({ eventKey }) => before === undefined || eventKey < before);
      if (older.length > 0) yield older;
    }
  }
}

/** The hours ("2026-10-01T23") from the one of `to` back to the one of `from`. */
function hoursBackwards(from: string, to: string): string[] {
  const first = Math.floor(Date.parse(from) / HOUR_MS);
  const last = Math.floor(Date.parse(to) / HOUR_MS);
  return Array.from({ length: Math.max(last - first + 1, 0) }, (_, back) =>
    new Date((last - back) * HOUR_MS).toISOString().slice(0, 13),
  );
}

type Reading = { deeds: Deeds; last: string; requestId: string };

async function deedsOfHour(hour: string, reading: Reading): Promise<Deed[]> {
  const plan = await readShardPlan(reading.requestId);
  const lanes = await Promise.all(hourLanes(hour, plan).map((lane) => deedsOfLane(lane, reading)));
  return lanes.flat().sort((a, b) => (a.eventKey < b.eventKey ? 1 : -1));
}

async function deedsOfLane(lane: string, { deeds, last, requestId }: Reading): Promise<Deed[]> {
  const found: Deed[] = [];
  let startKey: Record<string, unknown> | undefined;
  do {
    const command = new QueryCommand({
      TableName: env.AUDIT_TABLE,
      KeyConditionExpression: 'lane = :lane AND eventKey BETWEEN :from AND :last',
      // DynamoDB deletes expired events late.
      FilterExpression: '#actor.#id = :actorId AND #ttl > :now',
      ProjectionExpression: 'eventKey, #time, #action, #resource',
      ExpressionAttributeNames: {
        ...{ '#actor': 'actor', '#id': 'id', '#ttl': 'ttl' },
        ...{ '#time': 'time', '#action': 'action', '#resource': 'resource' },
      },
      ExpressionAttributeValues: {
        ...{ ':lane': lane, ':from': deeds.from, ':last': last },
        ...{ ':actorId': deeds.actorId, ':now': Math.floor(Date.now() / 1000) },
      },
      ExclusiveStartKey: startKey,
    });
    const context = { operation: 'walkDeeds', requestId, maxRetries: env.MAX_RETRIES };
    const page = await withRetry(() => documentClient.send(command), context);
    found.push(...(page.Items ?? []).map((item) => deedSchema.parse(item)));
    startKey = page.LastEvaluatedKey;
  } while (startKey);
  return found;
}
