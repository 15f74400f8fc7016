import * as z from 'zod';
import { BUCKETS } from '@/lib/shared/histogram';
import { instantSchema } from '@/lib/shared/instant';

/**
 * What is measured. The set is fixed, so that what metrics cost does not grow with what happens.
 * `create`: a form sent, as its caller saw it. `batch_row`: a row of a batch that was decided. `batch_call`: a BatchWriteItem
 * of a batch. `retry`: a failed item tried again. `effect`: counters applied. `audit`: an audit event written.
 * `query`: a read of DynamoDB. `commit`: a chunk committed.
 */
export const SERIES = [
  'create',
  'batch_row',
  'batch_call',
  'retry',
  'effect',
  'audit',
  'query',
  'commit',
] as const;

export const seriesSchema = z.enum(SERIES);

export type Series = z.infer<typeof seriesSchema>;

/** How metrics name each series to people. */
export const SERIES_LABELS: Record<Series, string> = {
  create: 'Creates',
  batch_row: 'Batch rows',
  batch_call: 'Batch calls',
  retry: 'Retries of failed items',
  effect: 'Counters',
  audit: 'Audit events',
  query: 'Reads',
  commit: 'Chunk commits',
};

/** What each process says of itself at each flush. `limiter_units`: write units a second that the governor lets pass. */
export const GAUGES = [
  'queue_age_ms',
  'in_flight',
  'limiter_units',
  'breaker',
  'heap_bytes',
  'batches_in_hand',
] as const;

export const gaugeSchema = z.enum(GAUGES);

export type Gauge = z.infer<typeof gaugeSchema>;

/** Width of a point. Minutes are kept for 8 days, hours for 100, days for two years. */
export const STEPS = ['minute', 'hour', 'day'] as const;

export const stepSchema = z.enum(STEPS);

export type Step = z.infer<typeof stepSchema>;

export const STEP_MS: Record<Step, number> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

const countsSchema = z.record(z.string(), z.number());

/**
 * What happened in one step. `outcomes` counts by `success` and error code, and adds up to `count`. `throttles` counts refusals
 * for throughput by DynamoDB's reason and resource, as "reason resource". `items` and `unprocessed` are those of batch calls.
 * `silent`: no process reported in this step, so nothing is known; `partial`: it still runs, or a process ended
 * without its last report. Zero is a complete point with count 0.
 */
export const metricPointSchema = z.object({
  at: instantSchema,
  count: z.number(),
  outcomes: countsSchema,
  retries: z.number(),
  items: z.number(),
  unprocessed: z.number(),
  units: z.number(),
  throttles: countsSchema,
  buckets: countsSchema,
  p50: z.number().nullable(),
  p95: z.number().nullable(),
  p99: z.number().nullable(),
  instances: z.number(),
  state: z.enum(['complete', 'partial', 'silent']),
});

export type MetricPoint = z.infer<typeof metricPointSchema>;

/** Gauges of one process in one step: the last value, and the highest, of each. */
export const gaugePointSchema = z.object({
  at: instantSchema,
  instance: z.string(),
  last: z.partialRecord(gaugeSchema, z.number()),
  highest: z.partialRecord(gaugeSchema, z.number()),
});

export type GaugePoint = z.infer<typeof gaugePointSchema>;

/** A process that ended without its last report: what happened in its last `upToMs` is not counted. */
export const lostReportSchema = z.object({
  instance: z.string(),
  at: instantSchema,
  upToMs: z.number(),
});

export const metricsSchema = z.object({
  from: instantSchema,
  to: instantSchema,
  step: stepSchema,
  /** The instant of the answer, by the clock of the server. */
  now: instantSchema,
  /** One point per step of each series asked for, oldest first, without gaps. */
  series: z.partialRecord(seriesSchema, z.array(metricPointSchema)),
  gauges: z.array(gaugePointSchema),
  lost: z.array(lostReportSchema),
});

export type Metrics = z.infer<typeof metricsSchema>;

/** `GET /api/metrics`: series joined by commas (all unless given), the last hour unless given; the step follows from the span. */
export const metricsQuerySchema = z.object({
  series: z
    .string()
    .transform((text) => text.split(',').filter(Boolean))
    .pipe(z.array(seriesSchema))
    .optional(),
  from: instantSchema.optional(),
  to: instantSchema.optional(),
  step: stepSchema.optional(),
});

export type MetricsQuery = z.infer<typeof metricsQuerySchema>;

/** A request that stands for others: the last one of a minute that fell into this bucket, or ended with this code. */
export const exemplarSchema = z.object({
  series: seriesSchema,
  at: instantSchema,
  requestId: z.string(),
  bucket: z.number().nullable(),
  code: z.string().nullable(),
});

export type Exemplar = z.infer<typeof exemplarSchema>;

export const exemplarsSchema = z.object({ exemplars: z.array(exemplarSchema) });

/** `GET /api/metrics/exemplars`: the requests of a range that stand for a bucket or a code; of all where neither is given. */
export const exemplarsQuerySchema = z.object({
  series: seriesSchema,
  from: instantSchema,
  to: instantSchema,
  bucket: z.coerce
    .number()
    .int()
    .min(0)
    .max(BUCKETS - 1)
    .optional(),
  code: z
    .string()
    .regex(/^[A-Z_]{1,40}$/, 'Give an error code, such as THROTTLING')
    .optional(),
});

export type ExemplarsQuery = z.infer<typeof exemplarsQuerySchema>;
