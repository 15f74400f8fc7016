import * as z from 'zod';
import { assignmentSchema } from '@/lib/shared/assignment';
import { auditEntrySchema } from '@/lib/shared/audit-log';
import { BATCH_KINDS, BATCH_STATES } from '@/lib/shared/batch';
import { failedItemSchema } from '@/lib/shared/failed-item';
import { instantSchema } from '@/lib/shared/instant';
import { metricPointSchema, seriesSchema } from '@/lib/shared/metrics';

/** The ID of a request or of a round of background work: the millisecond of its beginning, and chance. */
export const requestIdSchema = z
  .string()
  .regex(
    /^req_\d{13}_[0-9a-z]{9}$/,
    'A request ID looks like req_1764066000000_4fzyo82mq: req, milliseconds, nine letters and digits',
  );

/** The path of one request. */
export const requestParams = z.object({ requestId: requestIdSchema });

/** When a request began, which its ID says. */
export function beganAt(requestId: string): string {
  return new Date(Number(requestId.slice('req_'.length).split('_')[0])).toISOString();
}

/** Where the product shows everything that is known of a request. */
export const requestPath = (requestId: string) => `/requests/${encodeURIComponent(requestId)}`;

/** A line of the log, without secrets and personal data. `process` tells lines of different processes apart. */
export const logLineSchema = z.object({
  at: z.string(),
  level: z.enum(['INFO', 'WARN', 'ERROR']),
  event: z.string(),
  process: z.string(),
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
});

export type LogLine = z.infer<typeof logLineSchema>;

/** Where it is looked for traces of a request. */
export const REQUEST_PLACES = ['audit', 'lines', 'failedItems', 'assignments', 'batches', 'metrics'] as const;

export type RequestPlace = (typeof REQUEST_PLACES)[number];

/** What looking in one place came to; `problem` says why it could not be looked there. */
const lookSchema = z.object({
  place: z.enum(REQUEST_PLACES),
  found: z.int(),
  problem: z.string().nullable(),
});

export type Look = z.infer<typeof lookSchema>;

const requestBatchSchema = z.object({
  batchId: z.string(),
  kind: z.enum(BATCH_KINDS),
  fileName: z.string(),
  state: z.enum(BATCH_STATES),
  createdAt: z.string(),
  /** Whether this very request made it; otherwise something of the request belongs to it. */
  isMadeHere: z.boolean(),
});

export type RequestBatch = z.infer<typeof requestBatchSchema>;

/** The minute of a request in the metrics. `standsFor` names buckets (number) and codes whose example it is. */
const requestMinuteSchema = z.object({
  at: instantSchema,
  series: z.array(
    z.object({
      series: seriesSchema,
      point: metricPointSchema,
      standsFor: z.array(z.union([z.number(), z.string()])),
    }),
  ),
});

export type RequestMinute = z.infer<typeof requestMinuteSchema>;

/** What `GET /api/requests/{requestId}` answers: all that is known of a request, and where it was looked for. */
export const requestStorySchema = z.object({
  requestId: requestIdSchema,
  beganAt: z.string(),
  events: z.array(auditEntrySchema),
  /** There are more events than were read; the audit trail shows all. */
  hasMoreEvents: z.boolean(),
  people: z.record(z.string(), z.object({ name: z.string() })),
  assignments: z.array(assignmentSchema.omit({ description: true })),
  failedItems: z.array(failedItemSchema.omit({ payload: true })),
  batches: z.array(requestBatchSchema),
  /** Null where its minute is not kept any more, or could not be read. */
  minute: requestMinuteSchema.nullable(),
  lines: z.array(logLineSchema),
  /** Lines of all requests of its minute that were not kept, because there were too many. */
  droppedLines: z.int(),
  looks: z.array(lookSchema),
});

export type RequestStory = z.infer<typeof requestStorySchema>;
