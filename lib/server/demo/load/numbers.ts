import { type DemoClient, dataOf } from '@/lib/server/demo/load/demo-client';
import { type MetricPoint, metricsSchema, type Series } from '@/lib/shared/metrics';

export type Outcomes = Map<string, number>;

/** What the metrics have counted since an instant, by outcome. */
export async function countedSince(
  client: DemoClient,
  from: string,
): Promise<Record<'create' | 'batch_row', Outcomes>> {
  const query = new URLSearchParams({ series: 'create,batch_row', from, step: 'minute' });
  const { series } = await dataOf(client({ method: 'GET', path: `/api/metrics?${query}` }), metricsSchema);
  return { create: outcomesOf(series, 'create'), batch_row: outcomesOf(series, 'batch_row') };
}

function outcomesOf(series: Partial<Record<Series, MetricPoint[]>>, name: Series): Outcomes {
  const sum: Outcomes = new Map();
  for (const { outcomes } of series[name] ?? []) {
    for (const [outcome, count] of Object.entries(outcomes))
      sum.set(outcome, (sum.get(outcome) ?? 0) + count);
  }
  return sum;
}

/** What has come on top since `before`. */
export function minus(now: Outcomes, before: Outcomes): Outcomes {
  const left = [...now].map(([outcome, count]): [string, number] => [
    outcome,
    count - (before.get(outcome) ?? 0),
  ]);
  return new Map(left.filter(([, count]) => count !== 0));
}

export function areEqual(a: Outcomes, b: Outcomes): boolean {
  return [...new Set([...a.keys(), ...b.keys()])].every(
    (outcome) => (a.get(outcome) ?? 0) === (b.get(outcome) ?? 0),
  );
}
