import type * as z from 'zod';
import { failureSchema } from '@/lib/shared/api';
import { AppError } from '@/lib/shared/app-error';

export const REQUEST_ID_HEADER = 'X-Request-Id';

/** An answer of our API, however it was fetched. `body` is its parsed JSON, undefined where it is none. */
export type Answer = { isOk: boolean; status: number; requestId: string | null; body: unknown };

/** Takes the data out of a successful answer; throws every failure, and every answer that is not ours, as an `AppError`. */
export function readAnswer<Schema extends z.ZodType>(answer: Answer, schema: Schema): z.infer<Schema> {
  const { isOk, body } = answer;
  if (!isOk) throw failureOf(answer);

  const data = typeof body === 'object' && body !== null && 'data' in body ? body.data : undefined;
  const parsed = schema.safeParse(data);
  if (!parsed.success) throw unreadable(answer, parsed.error);
  return parsed.data;
}

function failureOf(answer: Answer): AppError {
  const parsed = failureSchema.safeParse(answer.body);
  if (!parsed.success) return unreadable(answer, parsed.error);

  const {
    code,
    error,
    class: errorClass,
    requestId,
    fields,
    current,
    retryAfterSeconds,
    failedItemId,
  } = parsed.data.details;
  return new AppError(code, error, {
    errorClass,
    requestId,
    current,
    ...(fields
      ? { fields: fields.map(({ value, ...field }) => (value === undefined ? field : { ...field, value })) }
      : {}),
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
    ...(failedItemId === undefined ? {} : { failedItemId }),
  });
}

/** An answer that is not ours, such as the page of a gateway in between; from 502 on it is likely to pass. */
function unreadable({ status, requestId }: Answer, cause: unknown): AppError {
  return new AppError('SYSTEM_ERROR', `The server gave an answer that could not be read (HTTP ${status}).`, {
    errorClass: status >= 502 ? 'transient' : 'system',
    cause,
    ...(requestId ? { requestId } : {}),
  });
}
