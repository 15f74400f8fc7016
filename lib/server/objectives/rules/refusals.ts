import { type Counted, type EventLog, eventLog } from '@/lib/server/objectives/event-log';
import type { MetricHistory } from '@/lib/server/objectives/metric-history';
import { type MetricPoint, SERIES, type Series, STEP_MS } from '@/lib/shared/metrics';

/** Everything but reads: what takes write units. */
export const WRITES: readonly Series[] = SERIES.filter((series) => series !== 'query');

/** What these series sent to DynamoDB in each minute, and what of it was refused for throughput (`bad`). */
export function refusalLog({ minutes }: Pick<MetricHistory, 'minutes'>, of: readonly Series[]): EventLog {
  const byMinute = new Map<number, Counted>();
  for (const series of of) {
    for (const point of minutes[series] ?? []) {
      const fromMs = Date.parse(point.at);
      const known = byMinute.get(fromMs) ?? { fromMs, toMs: fromMs + STEP_MS.minute, total: 0, bad: 0 };
      const { sent, refused } = series === 'batch_call' ? ofBatchCalls(point) : ofOthers(point);
      byMinute.set(fromMs, { ...known, total: known.total + sent, bad: known.bad + refused });
    }
  }
  return eventLog([...byMinute.values()].sort((first, second) => first.fromMs - second.fromMs));
}

/** A batch call has many items, and DynamoDB hands back those that it refused. */
function ofBatchCalls({ items, unprocessed, throttles }: MetricPoint) {
  // A refused item is counted both ways where DynamoDB says why; whoever counted more has seen all.
  const refused = Math.max(unprocessed, sum(throttles));
  return { sent: Math.max(items, refused), refused };
}

function ofOthers({ count, retries, throttles }: MetricPoint) {
  const refused = sum(throttles);
  return { sent: Math.max(count + retries, refused), refused };
}

const sum = (counts: Record<string, number>) =>
  Object.values(counts).reduce((total, count) => total + count, 0);
