import { trace } from '@opentelemetry/api';
import { env } from '@/lib/server/env';

/** The attribute by which a trace is found from a request ID. */
export const REQUEST_ID_ATTRIBUTE = 'assignment_desk.request_id';

/** Lets the span of the request that is being answered carry its request ID. */
export function nameSpan(requestId: string): void {
  if (env.TRACES === 'on') trace.getActiveSpan()?.setAttribute(REQUEST_ID_ATTRIBUTE, requestId);
}
