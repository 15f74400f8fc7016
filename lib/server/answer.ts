import { classifyError } from '@/lib/server/classify-error';
import { log } from '@/lib/server/log';
import { keepAnswer } from '@/lib/server/requests/keep-answer';
import type { Failure, Success } from '@/lib/shared/api';
import { type AppError, ERRORS } from '@/lib/shared/app-error';

/** What a line of the log says about one request; an operation's own facts are added while it runs. */
export type RequestFacts = { requestId: string; operation: string } & Record<string, unknown>;

type AnswerOptions = {
  facts: RequestFacts;
  /** Headline of a failure. */
  failure: string;
  /** HTTP status of a success. */
  status: number | undefined;
  /** Headers of the answer, which the operation may add to. */
  headers: Headers;
};

/** Runs an operation and answers its data, or its failure, in the documented envelope; logs either with its duration. */
export async function answer<Data>(options: AnswerOptions, run: () => Promise<Data>): Promise<Response> {
  const { facts, failure, status = 200, headers } = options;
  const startedAt = performance.now();
  headers.set('X-Request-Id', facts.requestId);
  headers.set('Cache-Control', 'no-store');
  try {
    const data = await run();
    const line = { ...facts, outcome: 'success', status, durationMs: msSince(startedAt) };
    log.info('request answered', line);
    keepAnswer('request answered', line);
    return Response.json({ success: true, data, requestId: facts.requestId } satisfies Success<Data>, {
      status,
      headers,
    });
  } catch (thrown) {
    const error = classifyError(thrown);
    logFailure(error, { ...facts, outcome: 'failure', durationMs: msSince(startedAt) });
    return failureResponse(failure, error, facts.requestId, headers);
  }
}

/** What the caller did wrong is a WARN; what we or DynamoDB did is an ERROR with its cause. */
function logFailure(error: AppError, facts: RequestFacts) {
  const { status } = ERRORS[error.code];
  const { code, errorClass, message: reason, failedItemId } = error;
  const line = {
    ...facts,
    code,
    class: errorClass,
    status,
    reason,
    ...(failedItemId ? { failedItemId } : {}),
  };
  if (status < 500) log.warn('request refused', { ...line, fields: error.fields?.map(({ field }) => field) });
  else log.error('request failed', { ...line, cause: error.cause });
}

/** The one place that turns an error into HTTP. `cause` never leaves the server. */
function failureResponse(headline: string, error: AppError, requestId: string, headers: Headers): Response {
  const { status, action } = ERRORS[error.code];
  const { code, message, errorClass, fields, current, retryAfterSeconds, failedItemId } = error;
  const body: Failure = {
    success: false,
    error: headline,
    details: {
      error: message,
      code,
      requestId,
      class: errorClass,
      action,
      ...(fields ? { fields } : {}),
      ...(current === undefined ? {} : { current }),
      ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
      ...(failedItemId === undefined ? {} : { failedItemId }),
    },
  };
  if (retryAfterSeconds !== undefined) headers.set('Retry-After', String(retryAfterSeconds));
  return Response.json(body, { status, headers });
}

function msSince(startedAt: number): number {
  return Math.round((performance.now() - startedAt) * 100) / 100;
}
