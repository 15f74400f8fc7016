import { env } from '@/lib/server/env';

/** Sends traces to where `OTEL_EXPORTER_OTLP_ENDPOINT` says, where `TRACES` is on; the library is loaded only then. */
export async function startTraces(): Promise<void> {
  if (env.TRACES === 'off') return;
  const { registerOTel } = await import('@vercel/otel');
  registerOTel({ serviceName: 'assignment-desk' });
}
