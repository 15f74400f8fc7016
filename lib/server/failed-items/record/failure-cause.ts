import * as z from 'zod';
import { failedCall } from '@/lib/server/dynamodb-call';
import { AppError } from '@/lib/shared/app-error';

/** What an error says about its cause, as failed items keep it. */
export type FailureCause = {
  code: string;
  class: string;
  message: string;
  reason: string | null;
  resource: string | null;
  field: string | null;
};

const reasonsSchema = z.array(z.object({ reason: z.string().optional(), resource: z.string().optional() }));

/**
 * DynamoDB names why it throttled, and what: `TableWriteProvisionedThroughputExceeded` on an ARN. Its exceptions do not
 * agree on how the attribute is written.
 * Source: "Diagnosing throttling" in the Amazon DynamoDB Developer Guide.
 */
const throttledSchema = z.object({
  ThrottlingReasons: reasonsSchema.optional(),
  throttlingReasons: reasonsSchema.optional(),
});

/** The cause that an error carries: DynamoDB's throttle reason, the table or index that refused, the wrong field. */
export function failureCause(error: AppError): FailureCause {
  const { code, errorClass, message, fields } = error;
  const thrown = thrownBy(error);
  const { ThrottlingReasons, throttlingReasons } = throttledSchema.safeParse(thrown).data ?? {};
  const [throttled] = ThrottlingReasons ?? throttlingReasons ?? [];
  const tables = thrown instanceof Error ? failedCall(thrown)?.tables.join(', ') : undefined;
  return {
    code,
    class: errorClass,
    message,
    reason: throttled?.reason ?? null,
    resource: throttled?.resource?.split(':').at(-1) || tables || null,
    field: fields?.[0]?.field ?? null,
  };
}

/** What was thrown first, below the errors that were made of it. */
function thrownBy(error: AppError): unknown {
  let thrown: unknown = error;
  while (thrown instanceof AppError) thrown = thrown.cause;
  return thrown;
}
