/** What to do about an error: retry it, fix the data, page an operator, or tell the person. */
export type ErrorClass = 'transient' | 'data' | 'system' | 'business';

type ErrorEntry = { class: ErrorClass; status: number; action: string };

/**
 * The error reference: one row per code, read by the API, the pages, the tests and the docs.
 * `action` is the remedy shown to people beside the message.
 */
export const ERRORS = {
  THROTTLING: {
    class: 'transient',
    status: 503,
    action: 'DynamoDB is busy. Nothing was lost; wait a moment and try again.',
  },
  CONDITIONAL_FAILED: {
    class: 'data',
    status: 409,
    action: 'The stored item is not what you last saw. Compare with the current item, then try again.',
  },
  RESOURCE_NOT_FOUND: {
    class: 'system',
    status: 500,
    action: 'Check the table name in the environment, or create the tables with "npm run db:setup".',
  },
  ACCESS_DENIED: {
    class: 'system',
    status: 500,
    action: 'Allow the named action for the role of this server in its IAM policy.',
  },
  VALIDATION_ERROR: { class: 'data', status: 400, action: 'Correct the named fields and send again.' },
  SYSTEM_ERROR: {
    class: 'system',
    status: 500,
    action: 'Try again. If it stays, give the request ID to technical support.',
  },
  UNAUTHENTICATED: { class: 'business', status: 401, action: 'Sign in, then try again.' },
  FORBIDDEN: { class: 'business', status: 403, action: 'Ask an administrator for the right you need.' },
  NOT_FOUND: { class: 'business', status: 404, action: 'Check the address, or go back to the list.' },
  PAYLOAD_TOO_LARGE: { class: 'data', status: 413, action: 'Send less than the named limit.' },
  RATE_LIMITED: { class: 'transient', status: 429, action: 'Wait for the named time, then try again.' },
} as const satisfies Record<string, ErrorEntry>;

export type ErrorCode = keyof typeof ERRORS;

/** One wrong field of an input: `field` is its path, `message` says what is wrong and what to do. */
export type FieldError = { field: string; message: string; value?: string };

type AppErrorOptions = ErrorOptions & {
  errorClass?: ErrorClass;
  fields?: FieldError[];
  /** The stored state that a conditional write met, so that the caller can compare. */
  current?: unknown;
  /** Seconds after which trying again makes sense. */
  retryAfterSeconds?: number;
  /** Where what could not be done is listed for a retry. */
  failedItemId?: string;
  /** The request that failed; set in the browser, where one error outlives its response. */
  requestId?: string;
};

/** The only error that leaves an operation, on the server and in the browser. */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly errorClass: ErrorClass;
  readonly fields: FieldError[] | undefined;
  readonly current: unknown;
  readonly retryAfterSeconds: number | undefined;
  readonly failedItemId: string | undefined;
  readonly requestId: string | undefined;

  constructor(
    readonly code: ErrorCode,
    message: string,
    {
      errorClass,
      fields,
      current,
      retryAfterSeconds,
      failedItemId,
      requestId,
      ...options
    }: AppErrorOptions = {},
  ) {
    super(message, options);
    this.errorClass = errorClass ?? ERRORS[code].class;
    this.fields = fields;
    this.current = current;
    this.retryAfterSeconds = retryAfterSeconds;
    this.failedItemId = failedItemId;
    this.requestId = requestId;
  }

  /** True where the same call may succeed later without anybody changing anything. */
  get isRetryable() {
    return this.errorClass === 'transient';
  }
}
