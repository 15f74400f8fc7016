import pino from 'pino';
import { env } from '@/lib/server/env';
import { keepLine } from '@/lib/server/requests/keep-line';

/** Every line names the request or background run it belongs to. */
type Fields = { requestId: string } & Record<string, unknown>;

const logger = pino({
  level: env.LOG_LEVEL,
  base: { pid: process.pid },
  messageKey: 'event',
  timestamp: () => `,"time":"${new Date().toISOString()}"`,
  formatters: { level: (label) => ({ level: label.toUpperCase() }) },
  serializers: { cause: describeCause },
  redact: {
    paths: ['password', '*.password', 'cookie', '*.cookie', 'token', '*.token', '*.email'],
    censor: '[redacted]',
  },
});

/** What a log line keeps of a thrown value: the SDK's own errors would drag the whole HTTP exchange along. */
function describeCause(cause: unknown) {
  if (!(cause instanceof Error)) return cause === undefined ? undefined : String(cause);
  return { name: cause.name, message: cause.message, stack: cause.stack };
}

/**
 * Structured log lines, one JSON object each: INFO success and progress, WARN retries and degradation, ERROR the rest. The
 * last two are also kept for the page of their request.
 */
export const log = {
  info: (event: string, fields: Fields) => logger.info(fields, event),
  warn: (event: string, fields: Fields) => {
    keepLine('WARN', event, fields);
    logger.warn(fields, event);
  },
  error: (event: string, fields: Fields) => {
    keepLine('ERROR', event, fields);
    logger.error(fields, event);
  },
};
