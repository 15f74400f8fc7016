import { SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { classifyError } from '@/lib/server/classify-error';
import type { Call } from '@/lib/server/dynamodb-call';
import { env } from '@/lib/server/env';
import { requestContext } from '@/lib/server/request-context';
import { REQUEST_ID_ATTRIBUTE } from '@/lib/server/traces/name-span';

/** Sends a call to DynamoDB in a span of its own below that of its request; without traces it only sends it. */
export function traceCall<Answer>({ action, tables }: Call, send: () => Promise<Answer>): Promise<Answer> {
  if (env.TRACES === 'off') return send();
  const requestId = requestContext()?.requestId;
  const attributes = {
    'db.system.name': 'aws.dynamodb',
    'aws.dynamodb.table_names': tables,
    ...(requestId === undefined ? {} : { [REQUEST_ID_ATTRIBUTE]: requestId }),
  };
  const tracer = trace.getTracer('assignment-desk');
  return tracer.startActiveSpan(action, { kind: SpanKind.CLIENT, attributes }, async (span) => {
    try {
      return await send();
    } catch (thrown) {
      const { code, message } = classifyError(thrown);
      span.setAttribute('error.type', code);
      span.setStatus({ code: SpanStatusCode.ERROR, message });
      throw thrown;
    } finally {
      span.end();
    }
  });
}
