import * as z from 'zod';

/** The caller's name for one intended write: 1 to 255 visible ASCII characters (draft-ietf-httpapi-idempotency-key-header). */
export const idempotencyKeySchema = z
  .string()
  .regex(
    /^[\x21-\x7E]{1,255}$/,
    'Send an Idempotency-Key of 1 to 255 visible ASCII characters, such as a UUID',
  )
  .optional();
