import { metaKey, ratePart } from '@/lib/server/batches/batch-item';
import type { Write } from '@/lib/server/batches/run/counted-transaction';
import { env } from '@/lib/server/env';
import { RATE_POINT_SECONDS, type RatePoint } from '@/lib/shared/batch';

type Numbers =
  | 'created'
  | 'rejected'
  | 'failed'
  | 'waiting'
  | 'deleted'
  | 'kept'
  | 'succeeded'
  | 'skipped'
  | 'pendingSegments';

type Progress = {
  add: Partial<Record<Numbers, number>>;
  /** The attributes that count a cause, its message, and by how many rows it changes: one unless given. */
  causes?: { count: string; message: string; text: string; rows?: number }[];
};

/** The update that moves rows of a batch from one number of its equation to another. A problem it had is over. */
export function metaUpdate(batchId: string, { add, causes = [] }: Progress): Write {
  const byCause = new Map(causes.map((cause) => [cause.count, cause]));
  const counts = [...byCause.values()].map((cause, position) => ({
    ...cause,
    position,
    rows: causes.filter(({ count }) => count === cause.count).reduce((sum, { rows = 1 }) => sum + rows, 0),
  }));
  const numbers = Object.entries(add);
  return {
    Update: {
      ...metaKey(batchId),
      UpdateExpression: [
        `SET updatedAt = :now, problem = :none${counts.map(({ position: p }) => `, #message${p} = if_not_exists(#message${p}, :text${p})`).join('')}`,
        `ADD ${[...numbers.map(([name]) => `${name} :${name}`), ...counts.map(({ position: p }) => `#count${p} :rows${p}`)].join(', ')}`,
      ].join(' '),
      ConditionExpression: 'attribute_exists(batchId)',
      ...(counts.length > 0
        ? {
            ExpressionAttributeNames: Object.fromEntries(
              counts.flatMap(({ position: p, count, message }) => [
                [`#count${p}`, count],
                [`#message${p}`, message],
              ]),
            ),
          }
        : {}),
      ExpressionAttributeValues: {
        ':now': new Date().toISOString(),
        ':none': null,
        ...Object.fromEntries(numbers.map(([name, number]) => [`:${name}`, number])),
        ...Object.fromEntries(
          counts.flatMap(({ position: p, rows, text }) => [
            [`:rows${p}`, rows],
            [`:text${p}`, text],
          ]),
        ),
      },
    },
  };
}

/** The update that adds to the ten seconds of a run that pass now. */
export function rateUpdate(batchId: string, point: Omit<RatePoint, 'from' | 'seconds'>): Write {
  const from = Math.floor(Date.now() / 1000 / RATE_POINT_SECONDS) * RATE_POINT_SECONDS;
  const { ended, failed, sent, throttled } = point;
  return {
    Update: {
      TableName: env.BATCHES_TABLE,
      Key: { batchId, part: ratePart(from) },
      UpdateExpression: 'ADD ended :ended, failed :failed, sent :sent, throttled :throttled',
      ExpressionAttributeValues: {
        ':ended': ended,
        ':failed': failed,
        ':sent': sent,
        ':throttled': throttled,
      },
    },
  };
}
