import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { type Counts, countAttributes } from '@/lib/server/metrics/counts';
import { metricTtl, seriesLane } from '@/lib/server/metrics/metric-lane';
import { isConditionFailed } from '@/lib/server/stored-item';
import type { Series } from '@/lib/shared/metrics';

/** What a process adds to a minute of a series, under a number of its own that grows with each addition. */
export type Addition = {
  series: Series;
  minuteMs: number;
  counts: Counts;
  instance: string;
  sequence: number;
};

/**
 * Adds counts to a minute. The item keeps the last number of each process, so that an addition whose answer was lost is
 * made again and changes nothing.
 * @throws what DynamoDB answered; it is then not known whether it was added
 */
export async function addCounts({ series, minuteMs, counts, instance, sequence }: Addition): Promise<void> {
  const { numbers, texts } = countAttributes(counts);
  const sets = { ...texts, ttl: metricTtl('minute', minuteMs), [`f#${instance}`]: sequence };
  const added = Object.entries(numbers);
  const set = Object.entries(sets);
  const command = new UpdateCommand({
    TableName: env.METRICS_TABLE,
    Key: { lane: seriesLane(series, 'minute', minuteMs), itemKey: new Date(minuteMs).toISOString() },
    UpdateExpression: [
      `SET ${set.map((_, at) => `#s${at} = :s${at}`).join(', ')}`,
      ...(added.length > 0 ? [`ADD ${added.map((_, at) => `#a${at} :a${at}`).join(', ')}`] : []),
    ].join(' '),
    ConditionExpression: 'attribute_not_exists(#from) OR #from < :sequence',
    ExpressionAttributeNames: {
      '#from': `f#${instance}`,
      ...Object.fromEntries(set.map(([name], at) => [`#s${at}`, name])),
      ...Object.fromEntries(added.map(([name], at) => [`#a${at}`, name])),
    },
    ExpressionAttributeValues: {
      ':sequence': sequence,
      ...Object.fromEntries(set.map(([, value], at) => [`:s${at}`, value])),
      ...Object.fromEntries(added.map(([, value], at) => [`:a${at}`, value])),
    },
  });
  try {
    await documentClient.send(command);
  } catch (thrown) {
    if (!isConditionFailed(thrown)) throw thrown;
  }
}
