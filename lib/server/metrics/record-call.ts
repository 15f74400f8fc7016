import { classifyError } from '@/lib/server/classify-error';
import type { Call, CallEnd } from '@/lib/server/dynamodb-call';
import { recordEnd } from '@/lib/server/metrics/record';
import { requestContext } from '@/lib/server/request-context';

/** Counts a call to DynamoDB by what it is: reads are a series of their own. */
export function recordCall({ isWrite }: Call, end: CallEnd): void {
  if (isWrite) return;
  recordEnd('query', {
    outcome: 'thrown' in end ? classifyError(end.thrown).code : 'success',
    durationMs: end.durationMs,
    requestId: requestContext()?.requestId,
  });
}
