import { env } from '@/lib/server/env';
import type { KeptLine } from '@/lib/server/requests/keep-line';

/** How long lines are kept: as long as the minutes of the metrics. */
const KEPT_SECONDS = 8 * 24 * 3600;

/** The lane of the lines of one request, and of the counts of lines that were not kept. */
export const linesLane = (requestId: string) => `LOG#${requestId}`;
export const DROPPED_LANE = 'LOG-DROPPED';

/** A line as it is stored: storing it again changes nothing. */
export function lineItem({ requestId, number, ...line }: KeptLine) {
  return {
    ...line,
    lane: linesLane(requestId),
    itemKey: `${line.at}#${line.process}#${String(number).padStart(9, '0')}`,
    ttl: ttlFrom(line.at),
  };
}

/** How many lines of a minute a process did not keep, so far. */
export function droppedItem(minute: string, process: string, count: number) {
  return {
    lane: DROPPED_LANE,
    itemKey: `${minute}#${process}`,
    count,
    ttl: ttlFrom(`${minute}:00Z`),
  };
}

/** The query of items of one lane whose keys begin with a text. */
export function laneQuery(lane: string, keyPrefix: string) {
  return {
    TableName: env.METRICS_TABLE,
    KeyConditionExpression: '#lane = :lane AND begins_with(#key, :prefix)',
    ExpressionAttributeNames: { '#lane': 'lane', '#key': 'itemKey' },
    ExpressionAttributeValues: { ':lane': lane, ':prefix': keyPrefix },
  };
}

const ttlFrom = (instant: string) => Math.floor(Date.parse(instant) / 1000) + KEPT_SECONDS;
