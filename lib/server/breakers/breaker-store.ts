import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { Write } from '@/lib/server/batches/run/counted-transaction';
import type { Change, Standing } from '@/lib/server/breakers/standing';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import {
  type BreakerChange,
  breakerChangeSchema,
  breakerOverrideSchema,
  breakerStateSchema,
} from '@/lib/shared/breaker';

const LANE = 'BREAKERS';
const HISTORY_LANE = 'BREAKER_HISTORY';
const HISTORY_DAYS = 100;

const standingSchema = z.object({
  itemKey: z.string(),
  state: breakerStateSchema,
  sinceMs: z.number(),
  reason: z.string().nullable(),
  untilMs: z.number(),
  proberId: z.string().nullable(),
  waitMs: z.number(),
  override: breakerOverrideSchema.nullable(),
  version: z.number(),
});

/**
 * Where the breakers stand that have ever changed, by table.
 * @throws what DynamoDB answered
 */
export async function readStandings(): Promise<Map<string, Standing>> {
  const command = new QueryCommand({
    TableName: env.METRICS_TABLE,
    KeyConditionExpression: 'lane = :lane',
    ExpressionAttributeValues: { ':lane': LANE },
    ConsistentRead: true,
  });
  const { Items = [] } = await documentClient.send(command);
  return new Map(
    Items.map((item) => {
      const { itemKey, ...standing } = standingSchema.parse(item);
      return [itemKey, standing];
    }),
  );
}

/** The writes that store a standing with the changes that led to it, if nobody has changed it since `version`. */
export function standingWrites(
  table: string,
  { standing, version, changes }: { standing: Standing; version: number; changes: Change[] },
): Write[] {
  const put = {
    TableName: env.METRICS_TABLE,
    Item: { lane: LANE, itemKey: table, ...standing },
    ConditionExpression: version === 0 ? 'attribute_not_exists(lane)' : '#version = :version',
    ...(version === 0
      ? {}
      : {
          ExpressionAttributeNames: { '#version': 'version' },
          ExpressionAttributeValues: { ':version': version },
        }),
  };
  return [
    { Put: put },
    ...changes.map((change, place) => historyWrite({ table, ...change }, version + place)),
  ];
}

function historyWrite(change: BreakerChange, place: number): Write {
  const ttl = Math.floor(Date.parse(change.at) / 1000) + HISTORY_DAYS * 24 * 60 * 60;
  const itemKey = `${change.at}#${change.table}#${String(place).padStart(9, '0')}`;
  return { Put: { TableName: env.METRICS_TABLE, Item: { lane: HISTORY_LANE, itemKey, ...change, ttl } } };
}

/** More changes than anybody looks at; the newest are the ones that count. */
const MOST_CHANGES = 500;

/**
 * The changes of a time, oldest first, at most the newest 500.
 * @throws what DynamoDB answered
 */
export async function readHistory(
  from: string,
  to: string,
): Promise<{ changes: BreakerChange[]; isCut: boolean }> {
  const command = new QueryCommand({
    TableName: env.METRICS_TABLE,
    KeyConditionExpression: 'lane = :lane AND itemKey BETWEEN :from AND :to',
    // "$" follows "#", so that changes of the last instant belong to it.
    ExpressionAttributeValues: { ':lane': HISTORY_LANE, ':from': from, ':to': `${to}$` },
    ScanIndexForward: false,
    Limit: MOST_CHANGES,
  });
  const { Items = [], LastEvaluatedKey } = await documentClient.send(command);
  const changes = Items.map((item) => breakerChangeSchema.parse(item)).reverse();
  return { changes, isCut: LastEvaluatedKey !== undefined };
}
