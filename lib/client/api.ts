import type * as z from 'zod';
import { REQUEST_ID_HEADER, readAnswer } from '@/lib/client/read-answer';
import { IDEMPOTENCY_HEADER } from '@/lib/shared/api';
import { AppError } from '@/lib/shared/app-error';

/** Longer than the server retries, so that its own answer comes first. */
const TIMEOUT_MS = 60_000;

type WriteOptions = { idempotencyKey?: string };

/** Calls to our own API: answers the data of a success, throws every failure as an `AppError`. */
export const api = {
  get: <Schema extends z.ZodType>(path: string, schema: Schema, signal?: AbortSignal) =>
    request(path, schema, { signal: signal ?? null }),

  post: <Schema extends z.ZodType>(path: string, body: unknown, schema: Schema, options: WriteOptions = {}) =>
    request(path, schema, write('POST', body, options)),

  patch: <Schema extends z.ZodType>(path: string, body: unknown, schema: Schema) =>
    request(path, schema, write('PATCH', body, {})),
};

/** A path with those of its parameters that are set. */
export function withQuery(path: string, params: Record<string, string | number | null | undefined>): string {
  const set = Object.entries(params).flatMap(([name, value]) =>
    value === null || value === undefined || value === '' ? [] : [[name, String(value)]],
  );
  return set.length === 0 ? path : `${path}?${new URLSearchParams(set)}`;
}

function write(method: 'POST' | 'PATCH', body: unknown, { idempotencyKey }: WriteOptions): RequestInit {
  return {
    method,
    body: JSON.stringify(body),
    headers: {
      'Content-Type': 'application/json',
      ...(idempotencyKey ? { [IDEMPOTENCY_HEADER]: idempotencyKey } : {}),
    },
  };
}

async function request<Schema extends z.ZodType>(
  path: string,
  schema: Schema,
  init: RequestInit,
): Promise<z.infer<Schema>> {
  const response = await send(path, init);
  const requestId = response.headers.get(REQUEST_ID_HEADER);
  const { ok: isOk, status } = response;
  return readAnswer({ isOk, status, requestId, body: await jsonOf(response) }, schema);
}

async function send(path: string, init: RequestInit): Promise<Response> {
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  const signal = init.signal ? AbortSignal.any([init.signal, timeout]) : timeout;
  try {
    return await fetch(path, { ...init, signal });
  } catch (thrown) {
    const message = timeout.aborted
      ? 'The server did not answer in time. Your change may or may not have arrived.'
      : 'The server could not be reached. Check your connection.';
    throw new AppError('SYSTEM_ERROR', message, { errorClass: 'transient', cause: thrown });
  }
}

async function jsonOf(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    // `readAnswer` says that the answer could not be read.
    return undefined;
  }
}
