import { listExemplars } from '@/lib/server/metrics/list-exemplars';
import { readMetrics } from '@/lib/server/metrics/read-metrics';
import { SERIES, STEP_MS } from '@/lib/shared/metrics';
import { beganAt, type RequestMinute } from '@/lib/shared/request';

/**
 * What was measured in the minute of a request, in every series that counted something. Null where nothing is known of that
 * minute: it is not kept any more, or no process reported.
 * @throws {AppError} what DynamoDB answered
 */
export async function readMinute(asked: string, requestId: string): Promise<RequestMinute | null> {
  const minuteMs = Math.floor(Date.parse(beganAt(asked)) / STEP_MS.minute) * STEP_MS.minute;
  if (minuteMs > Date.now()) return null;
  const from = new Date(minuteMs).toISOString();
  const to = new Date(minuteMs + STEP_MS.minute).toISOString();
  const { series } = await readMetrics({ from, to, step: 'minute' }, requestId);
  const points = SERIES.flatMap((name) => {
    const [point] = series[name] ?? [];
    return point && point.state !== 'silent' ? [{ series: name, point }] : [];
  });
  if (points.length === 0) return null;
  const counted = points.filter(({ point }) => point.count > 0);
  return {
    at: from,
    series: await Promise.all(
      counted.map(async ({ series: name, point }) => {
        const { exemplars } = await listExemplars({ series: name, from, to }, requestId);
        const own = exemplars.filter((exemplar) => exemplar.requestId === asked);
        return { series: name, point, standsFor: own.flatMap(({ bucket, code }) => bucket ?? code ?? []) };
      }),
    ),
  };
}
