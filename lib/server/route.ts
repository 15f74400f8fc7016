import type * as z from 'zod';
import { classifyError } from '@/lib/server/classify-error';
import { log } from '@/lib/server/log';
import { readBody } from '@/lib/server/read-body';
import { newRequestId } from '@/lib/server/request-id';
import { requireSameOrigin } from '@/lib/server/same-origin';
import { requireActor } from '@/lib/server/session';
import { type Failure, IDEMPOTENCY_HEADER, type Success } from '@/lib/shared/api';
import { AppError, ERRORS } from '@/lib/shared/app-error';
import { fieldErrors } from '@/lib/shared/field-errors';
import { idempotencyKeySchema } from '@/lib/shared/idempotency-key';
import type { Permission } from '@/lib/shared/permissions';
import type { Actor } from '@/lib/shared/session';

type Options<Params, Query, Body> = {
  /** Name of the operation in the log. */
  operation: string;
  /** Headline of the failure answer, for example "Failed to create assignment". */
  failure: string;
  permission: Permission;
  params?: z.ZodType<Params>;
  query?: z.ZodType<Query>;
  body?: z.ZodType<Body>;
  status?: number;
};

/** What an operation is called with. `idempotencyKey` is the caller's name for this one intended write. */
type Call<Params, Query, Body> = {
  actor: Actor;
  params: Params;
  query: Query;
  body: Body;
  requestId: string;
  idempotencyKey: string | undefined;
};

type RouteContext = { params: Promise<object> };

/**
 * Turns an operation into a route handler: names the request, checks origin, session and permission, parses path,
 * query and body, and answers in the documented envelope whatever happens. The handler carries its `permission`,
 * so that a test can prove that each one demands a right.
 */
export function route<Params = unknown, Query = unknown, Body = unknown, Data = unknown>(
  options: Options<Params, Query, Body>,
  operation: (call: Call<Params, Query, Body>) => Promise<Data>,
) {
  const handler = async (request: Request, context: RouteContext): Promise<Response> => {
    const requestId = newRequestId();
    return answer({ ...options, requestId }, async () => {
      requireSameOrigin(request);
      const actor = await requireActor(request, options.permission);
      return operation({ actor, requestId, ...(await parseCall(options, request, context)) });
    });
  };
  return Object.assign(handler, { permission: options.permission });
}

type PublicOptions = { operation: string; failure: string; reason: string; status?: number };

/** A handler that anybody may call without a session; `reason` says why, and the test of all handlers shows it. */
export function publicRoute<Data>(options: PublicOptions, operation: (request: Request) => Promise<Data>) {
  const handler = async (request: Request): Promise<Response> => {
    const requestId = newRequestId();
    return answer({ ...options, requestId }, () => operation(request));
  };
  return Object.assign(handler, { publicBecause: options.reason });
}

type AnswerOptions = { operation: string; failure: string; requestId: string; status?: number };

async function answer<Data>(options: AnswerOptions, run: () => Promise<Data>): Promise<Response> {
  const { operation, failure, requestId, status = 200 } = options;
  const startedAt = performance.now();
  try {
    const data = await run();
    log.info('request answered', { requestId, operation, status, durationMs: performance.now() - startedAt });
    return Response.json({ success: true, data, requestId } satisfies Success<Data>, {
      status,
      headers: answerHeaders(requestId),
    });
  } catch (thrown) {
    const error = classifyError(thrown);
    logFailure(error, { requestId, operation, durationMs: performance.now() - startedAt });
    return failureResponse(failure, error, requestId);
  }
}

/** What the caller did wrong is a WARN; what we or DynamoDB did is an ERROR with its cause. */
function logFailure(error: AppError, fields: { requestId: string; operation: string; durationMs: number }) {
  const { status } = ERRORS[error.code];
  const line = { ...fields, code: error.code, class: error.errorClass, status, reason: error.message };
  if (status < 500) log.warn('request refused', { ...line, fields: error.fields?.map(({ field }) => field) });
  else log.error('request failed', { ...line, cause: error.cause });
}

/** The one place that turns an error into HTTP. `cause` never leaves the server. */
export function failureResponse(headline: string, error: AppError, requestId: string): Response {
  const { status, action } = ERRORS[error.code];
  const { code, message, errorClass, fields, current, retryAfterSeconds } = error;
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
    },
  };
  const headers = answerHeaders(requestId);
  if (retryAfterSeconds !== undefined) headers.set('Retry-After', String(retryAfterSeconds));
  return Response.json(body, { status, headers });
}

function answerHeaders(requestId: string): Headers {
  return new Headers({ 'X-Request-Id': requestId, 'Cache-Control': 'no-store' });
}

async function parseCall<Params, Query, Body>(
  schemas: Pick<Options<Params, Query, Body>, 'params' | 'query' | 'body'>,
  request: Request,
  context: RouteContext,
) {
  const key = request.headers.get(IDEMPOTENCY_HEADER) ?? undefined;
  return {
    params: parse(schemas.params, await context.params),
    query: parse(schemas.query, Object.fromEntries(new URL(request.url).searchParams)),
    body: parse(schemas.body, schemas.body ? await readBody(request) : undefined),
    idempotencyKey: parse(idempotencyKeySchema, key),
  };
}

function parse<Output>(schema: z.ZodType<Output> | undefined, input: unknown): Output {
  // A part without a schema has type `unknown` for the operation, and is not handed on.
  if (!schema) return undefined as Output;
  const result = schema.safeParse(input);
  if (result.success) return result.data;

  const fields = fieldErrors(result.error, input);
  const names = fields.map(({ field, message }) => `${field}: ${message}`).join('; ');
  throw new AppError('VALIDATION_ERROR', names, { fields, cause: result.error });
}
