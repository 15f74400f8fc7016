import * as z from 'zod';
import { ERRORS, type ErrorCode } from '@/lib/shared/app-error';

/** The body of every successful answer. */
export type Success<Data> = { success: true; data: Data; requestId: string };

const errorCodes = Object.keys(ERRORS).filter((code): code is ErrorCode => code in ERRORS);

/** The body of every failed answer, exactly as documented in the error reference. */
export const failureSchema = z.object({
  success: z.literal(false),
  error: z.string(),
  details: z.object({
    error: z.string(),
    code: z.enum(errorCodes),
    requestId: z.string(),
    class: z.enum(['transient', 'data', 'system', 'business']),
    action: z.string(),
    fields: z
      .array(z.object({ field: z.string(), message: z.string(), value: z.string().optional() }))
      .optional(),
    current: z.unknown().optional(),
    retryAfterSeconds: z.number().optional(),
    failedItemId: z.string().optional(),
  }),
});

export type Failure = z.infer<typeof failureSchema>;

/** A page of a list: `cursor` is null on the last page. */
export const pageSchema = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), cursor: z.string().nullable() });

export type Page<Item> = { items: Item[]; cursor: string | null };

/** How many items a list answers when the caller does not say, and at most. */
export const PAGE_LIMIT = { default: 25, max: 100 } as const;

/** The paging parameters every list takes from its URL. */
export const pageQuery = {
  cursor: z.string().max(2000).optional(),
  limit: z.coerce
    .number({ error: 'Give limit as a whole number' })
    .int('Give limit as a whole number')
    .min(1, 'Ask for at least 1 item')
    .max(PAGE_LIMIT.max, `Ask for at most ${PAGE_LIMIT.max} items`)
    .default(PAGE_LIMIT.default),
};

/** Header by which a caller names one intended write, so that sending it again never writes twice. */
export const IDEMPOTENCY_HEADER = 'Idempotency-Key';

/** Largest JSON body a route reads, in bytes. */
export const MAX_BODY_BYTES = 256 * 1024;
