import type * as z from 'zod';
import { answer } from '@/lib/server/answer';
import { sessionCookie, sessionHash } from '@/lib/server/auth/session-cookie';
import { log } from '@/lib/server/log';
import { recordOperation } from '@/lib/server/metrics/record-operation';
import { readBody } from '@/lib/server/read-body';
import { addressOf, requestContext, withRequestContext } from '@/lib/server/request-context';
import { newRequestId } from '@/lib/server/request-id';
import { requireSameOrigin } from '@/lib/server/same-origin';
import { requireActor } from '@/lib/server/session';
import { nameSpan } from '@/lib/server/traces/name-span';
import { IDEMPOTENCY_HEADER } from '@/lib/shared/api';
import { AppError } from '@/lib/shared/app-error';
import { fieldErrors } from '@/lib/shared/field-errors';
import { idempotencyKeySchema } from '@/lib/shared/idempotency-key';
import type { Series } from '@/lib/shared/metrics';
import type { Permission } from '@/lib/shared/permissions';
import type { Actor } from '@/lib/shared/session';

type Options<Params, Query, Body> = {
  /** Name of the operation in the log. */
  operation: string;
  /** Headline of the failure answer, for example "Failed to create assignment". */
  failure: string;
  params?: z.ZodType<Params>;
  query?: z.ZodType<Query>;
  body?: z.ZodType<Body>;
  /** HTTP status of a success; 200 unless given. */
  status?: number;
  /** Counts each request that was let in, as its caller saw it. */
  series?: Series;
};

/** What an operation is called with. `idempotencyKey` is the caller's name for this one intended write. */
type Call<Params, Query, Body> = {
  params: Params;
  query: Query;
  body: Body;
  requestId: string;
  idempotencyKey: string | undefined;
  /** For operations that read a body or headers of their own kind. */
  request: Request;
};

type RouteContext = { params: Promise<object> };

/**
 * Turns an operation into a route handler: names the request, checks origin, session and permission, parses path,
 * query and body, and answers in the documented envelope whatever happens. The handler carries its `permission`,
 * so that a test can prove that each one demands a right.
 */
export function route<Params = unknown, Query = unknown, Body = unknown, Data = unknown>(
  options: Options<Params, Query, Body> & { permission: Permission },
  operation: (call: Call<Params, Query, Body> & { actor: Actor }) => Promise<Data>,
) {
  const handler = (request: Request, context: RouteContext): Promise<Response> => {
    const facts = newFacts(options.operation);
    const startedAt = performance.now();
    return inContext(request, facts, () =>
      answer({ ...options, status: options.status, facts, headers: new Headers() }, async () => {
        const actor = await admittedActor(options.permission, request, facts);
        const run = async () => operation(await admittedCall(options, { request, context, facts, actor }));
        const { series } = options;
        if (!series) return run();
        return recordOperation(series, { requestId: facts.requestId, startedAt }, run);
      }),
    );
  };
  return Object.assign(handler, { permission: options.permission });
}

/** A file to be saved under a name. A long text is made while it is sent. */
export type Download = { fileName: string; contentType: string; text: string | AsyncIterable<string> };

/** A route that answers a file instead of data; failures before its first byte come in the usual envelope. */
export function downloadRoute<Params = unknown, Query = unknown>(
  options: Omit<Options<Params, Query, unknown>, 'body' | 'status'> & { permission: Permission },
  operation: (call: Call<Params, Query, unknown> & { actor: Actor }) => Promise<Download>,
) {
  const handler = async (request: Request, context: RouteContext): Promise<Response> => {
    const facts = newFacts(options.operation);
    let download: Download | undefined;
    const response = await inContext(request, facts, () =>
      answer({ ...options, status: undefined, facts, headers: new Headers() }, async () => {
        const actor = await admittedActor(options.permission, request, facts);
        download = await operation(await admittedCall(options, { request, context, facts, actor }));
      }),
    );
    return download ? fileResponse(download, { facts, headers: response.headers }) : response;
  };
  return Object.assign(handler, { permission: options.permission });
}

function fileResponse(
  { fileName, contentType, text }: Download,
  { facts, headers }: { facts: Facts; headers: Headers },
): Response {
  headers.set('Content-Type', contentType);
  headers.set('Content-Disposition', `attachment; filename="${fileName.replace(/[^\w.-]/g, '_')}"`);
  if (typeof text === 'string') return new Response(text, { headers });
  return new Response(textStream(text, facts), { headers });
}

function textStream(text: AsyncIterable<string>, facts: Facts): ReadableStream<Uint8Array> {
  const pieces = text[Symbol.asyncIterator]();
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      try {
        const { done, value } = await pieces.next();
        if (done) controller.close();
        else controller.enqueue(encoder.encode(value));
      } catch (cause) {
        // The status is out already: breaking the connection off is all that tells the caller.
        log.error('download broken off', { ...facts, cause });
        controller.error(cause);
      }
    },
    cancel: async () => {
      await pieces.return?.();
    },
  });
}

/** Whoever sent the request, where origin, session and permission are in order. */
async function admittedActor(permission: Permission, request: Request, facts: Facts): Promise<Actor> {
  requireSameOrigin(request);
  const actor = await requireActor(request, permission, facts.requestId);
  facts.actorId = actor.id;
  await nameActor(request, actor.id);
  return actor;
}

type Admitted = { request: Request; context: RouteContext; facts: Facts; actor: Actor };

async function admittedCall<Params, Query, Body>(
  options: Options<Params, Query, Body>,
  { request, context, facts, actor }: Admitted,
): Promise<Call<Params, Query, Body> & { actor: Actor }> {
  const call = await parseCall(options, request, context);
  facts.parameters = { ...call.params, ...call.query };
  return { ...call, actor, requestId: facts.requestId, request };
}

function inContext<Result>(request: Request, { requestId }: Facts, run: () => Result): Result {
  nameSpan(requestId);
  return withRequestContext({ requestId, ip: addressOf(request.headers) }, run);
}

/** Lets audit events say in which session something was done: by a hash, because the cookie itself is a secret. */
async function nameActor(request: Request, actorId: string): Promise<void> {
  const context = requestContext();
  const cookie = await sessionCookie(request.headers);
  if (context && cookie) Object.assign(context, { actorId, sessionId: sessionHash(cookie) });
}

type PublicCall<Body> = { body: Body; requestId: string; headers: Headers; answerHeaders: Headers };

/**
 * A handler that anybody may call without a session; `reason` says why, and the test of all handlers shows it. The
 * operation may add to `answerHeaders`.
 */
export function publicRoute<Body = unknown, Data = unknown>(
  options: Omit<Options<unknown, unknown, Body>, 'params' | 'query'> & { reason: string },
  operation: (call: PublicCall<Body>) => Promise<Data>,
) {
  const handler = (request: Request): Promise<Response> => {
    const facts = newFacts(options.operation);
    const answerHeaders = new Headers();
    return inContext(request, facts, () =>
      answer({ ...options, status: options.status, facts, headers: answerHeaders }, async () => {
        requireSameOrigin(request);
        const body = parse(options.body, options.body ? await readBody(request) : undefined);
        return operation({ body, requestId: facts.requestId, headers: request.headers, answerHeaders });
      }),
    );
  };
  return Object.assign(handler, { publicBecause: options.reason });
}

type Facts = { requestId: string; operation: string } & Record<string, unknown>;

function newFacts(operation: string): Facts {
  return { requestId: newRequestId(), operation };
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
