import * as z from 'zod';
import { failedCall } from '@/lib/server/dynamodb';
import type { AppError } from '@/lib/shared/app-error';

/** What an error says about its cause, as failed items keep it. */
export type FailureCause = {
  code: string;
  class: string;
  message: string;
  reason: string | null;
  resource: string | null;
  field: string | null;
};

/**
 * DynamoDB names why it throttled, and what: `TableWriteProvisionedThroughputExceeded` on an ARN.
 * Source: "Diagnosing throttling" in the Amazon DynamoDB Developer Guide.
 */
const throttledSchema = z.object({
  ThrottlingReasons: z
    .array(z.object({ reason: z.string().optional(), resource: z.string().optional() }))
    .min(1),
});

/** The cause that an error carries: DynamoDB's throttle reason, the table or index that refused, the wrong field. */
export function failureCause(error: AppError): FailureCause {
  const { code, errorClass, message, cause, fields } = error;
  const throttled = throttledSchema.safeParse(cause).data?.ThrottlingReasons[0];
  const tables = cause instanceof Error ? failedCall(cause)?.tables : undefined;
  return {
    code,
    class: errorClass,
    message,
    reason: throttled?.reason ?? null,
    resource: throttled?.resource?.split(':').at(-1) ?? tables?.join(', ') ?? null,
    field: fields?.[0]?.field ?? null,
  };
}
