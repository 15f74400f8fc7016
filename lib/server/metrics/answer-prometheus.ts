import { createHash, timingSafeEqual } from 'node:crypto';
import { answer } from '@/lib/server/answer';
import { env } from '@/lib/server/env';
import { PROMETHEUS_CONTENT_TYPE, prometheusText } from '@/lib/server/metrics/prometheus-text';
import { newRequestId } from '@/lib/server/request-id';
import { AppError } from '@/lib/shared/app-error';

/**
 * Answers Prometheus with what this process has counted, where it brings the token of `METRICS_TOKEN`. Without that variable
 * there is no such address. Refusals come in the documented envelope.
 */
export async function answerPrometheus(request: Request): Promise<Response> {
  const facts = { requestId: newRequestId(), operation: 'readPrometheus' };
  const options = { facts, failure: 'Failed to read metrics', status: undefined, headers: new Headers() };
  let text: string | undefined;
  const response = await answer(options, async () => {
    requireToken(request.headers.get('authorization'));
    text = await prometheusText();
  });
  if (text === undefined) return response;
  response.headers.set('Content-Type', PROMETHEUS_CONTENT_TYPE);
  return new Response(text, { headers: response.headers });
}

function requireToken(authorization: string | null): void {
  if (env.METRICS_TOKEN === undefined) throw new AppError('NOT_FOUND', 'There is nothing at this address');
  // Hashes have one length, and comparing them says nothing about where they differ.
  if (timingSafeEqual(hash(authorization ?? ''), hash(`Bearer ${env.METRICS_TOKEN}`))) return;
  throw new AppError('UNAUTHENTICATED', 'Send the token of METRICS_TOKEN as "Authorization: Bearer …"');
}

function hash(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
