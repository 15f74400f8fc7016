import * as z from 'zod';
import { instantSchema } from '@/lib/shared/instant';

/**
 * `closed`: writes pass. `open`: writes to the table are refused at once, until the next probe. `half_open`: one process
 * probes with a few writes, and the others still refuse.
 */
export const BREAKER_STATES = ['closed', 'half_open', 'open'] as const;

export const breakerStateSchema = z.enum(BREAKER_STATES);

export type BreakerState = z.infer<typeof breakerStateSchema>;

/** How breakers name their states to people. */
export const BREAKER_STATE_LABELS: Record<BreakerState, string> = {
  closed: 'Closed',
  half_open: 'Half open',
  open: 'Open',
};

/** A breaker that a person holds open or closed, whatever is counted. `by` is their name. */
export const breakerOverrideSchema = z.object({
  state: z.enum(['open', 'closed']),
  reason: z.string(),
  by: z.string(),
  at: instantSchema,
  until: instantSchema,
});

export type BreakerOverride = z.infer<typeof breakerOverrideSchema>;

/** How writes to a table ended in the last seconds, as the answering process counted them. */
export const breakerCountsSchema = z.object({
  passed: z.number(),
  throttled: z.number(),
  unanswered: z.number(),
  missing: z.number(),
  denied: z.number(),
});

export type BreakerCounts = z.infer<typeof breakerCountsSchema>;

export const breakerSchema = z.object({
  table: z.string(),
  /** The environment variable that names the table. */
  variable: z.string(),
  state: breakerStateSchema,
  since: instantSchema,
  /** Why it is not closed, or why it was closed last. */
  reason: z.string().nullable(),
  /** When it tries the table next; only while it is open. */
  nextProbeAt: instantSchema.nullable(),
  override: breakerOverrideSchema.nullable(),
  counts: breakerCountsSchema,
});

export type Breaker = z.infer<typeof breakerSchema>;

/** A change of state; `by` is the person who overrode it, null where the breaker changed by itself. */
export const breakerChangeSchema = z.object({
  table: z.string(),
  at: instantSchema,
  from: breakerStateSchema,
  to: breakerStateSchema,
  reason: z.string(),
  by: z.string().nullable(),
});

export type BreakerChange = z.infer<typeof breakerChangeSchema>;

/** What `GET /api/breakers` answers. */
export const breakersSchema = z.object({
  breakers: z.array(breakerSchema),
  /** Changes of the time asked for, oldest first. */
  history: z.array(breakerChangeSchema),
  /** There are older changes of that time that are left out. */
  isHistoryCut: z.boolean(),
  /** Seconds that `counts` look back. */
  windowSeconds: z.number(),
  /** Why the breakers of other processes are not known, where their store does not answer. */
  storeProblem: z.string().nullable(),
  now: instantSchema,
});

export type Breakers = z.infer<typeof breakersSchema>;

/** `GET /api/breakers`: history of the last 24 hours unless given. */
export const breakersQuerySchema = z.object({ from: instantSchema.optional(), to: instantSchema.optional() });

export type BreakersQuery = z.infer<typeof breakersQuerySchema>;

/** How long an override may last. */
export const MAX_OVERRIDE_HOURS = 24;

const tableSchema = z.string().min(1, 'Name a table');
const reasonSchema = z.string().trim().min(3, 'Give a reason of at least 3 characters').max(500);

/** `POST /api/breakers`: holds a breaker open or closed until an instant, or (null) lets it decide for itself again. */
export const breakerCommandSchema = z.discriminatedUnion('override', [
  z.object({
    table: tableSchema,
    override: z.literal(['open', 'closed']),
    reason: reasonSchema,
    until: instantSchema
      .refine((until) => Date.parse(until) > Date.now(), 'Choose an end that is still to come')
      .refine(
        (until) => Date.parse(until) <= Date.now() + MAX_OVERRIDE_HOURS * 3_600_000,
        `Choose an end within ${MAX_OVERRIDE_HOURS} hours`,
      ),
  }),
  z.object({ table: tableSchema, override: z.null(), reason: reasonSchema }),
]);

export type BreakerCommand = z.infer<typeof breakerCommandSchema>;
