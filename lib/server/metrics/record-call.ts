import { classifyError } from '@/lib/server/classify-error';
import type { Call, CallEnd } from '@/lib/server/dynamodb-call';
import { consumedUnits } from '@/lib/server/metrics/consumed-units';
import { recordAmounts, recordEnd, recordThrottle } from '@/lib/server/metrics/record';
import { currentSeries } from '@/lib/server/metrics/series-context';
import { throttleReasons } from '@/lib/server/metrics/throttle-reasons';
import { writtenEvents } from '@/lib/server/metrics/written-events';
import { requestContext } from '@/lib/server/request-context';
import type { Series } from '@/lib/shared/metrics';

/**
 * Counts a call to DynamoDB: reads are a series of their own, and so are the audit events that a write puts into the trail.
 * Its write units and refusals for throughput count for the operation that made it.
 */
export function recordCall(call: Call, end: CallEnd): void {
  const series = currentSeries() ?? (call.isWrite ? undefined : 'query');
  if ('thrown' in end) recordThrottles(series, call, end.thrown);
  if (call.isWrite) recordWrite(series, call, end);
  else recordRead(end);
}

function recordRead(end: CallEnd): void {
  const outcome = 'thrown' in end ? classifyError(end.thrown).code : 'success';
  recordEnd('query', { outcome, durationMs: end.durationMs, requestId: requestContext()?.requestId });
}

function recordWrite(series: Series | undefined, { input }: Call, end: CallEnd): void {
  if ('thrown' in end) return;
  if (series) recordAmounts(series, { units: consumedUnits(end.output) });
  const events = input ? writtenEvents(input) : 0;
  if (events === 0) return;
  const { durationMs } = end;
  const requestId = requestContext()?.requestId;
  recordEnd('audit', { outcome: 'success', durationMs, requestId, count: events });
}

function recordThrottles(series: Series | undefined, call: Call, thrown: unknown): void {
  if (!series) return;
  for (const { reason, resource } of throttleReasons(thrown, call)) recordThrottle(series, reason, resource);
}
