import * as z from 'zod';
import { instantSchema } from '@/lib/shared/instant';
import { seriesSchema } from '@/lib/shared/metrics';

/** `page`: somebody should look now. `ticket`: somebody should look today. */
export const severitySchema = z.enum(['page', 'ticket']);

export type Severity = z.infer<typeof severitySchema>;

/** A number that a judgement rests on, as people read it. */
export const evidenceSchema = z.object({ label: z.string(), value: z.string() });

export type Evidence = z.infer<typeof evidenceSchema>;

/**
 * What a rule says at one moment. `isKnown` is false while it learns or has seen too little traffic; then `isBad` is false too.
 * It becomes an alert once it has been bad for `pendingMs`, and is over once it has been good for `resolveMs`.
 */
export const judgementSchema = z.object({
  ruleId: z.string(),
  title: z.string(),
  severity: severitySchema,
  isBad: z.boolean(),
  isKnown: z.boolean(),
  sentence: z.string(),
  evidence: z.array(evidenceSchema),
  /** What to look at on the metrics page; null where it is not one series. */
  series: seriesSchema.nullable(),
  pendingMs: z.int(),
  resolveMs: z.int(),
});

export type Judgement = z.infer<typeof judgementSchema>;

/**
 * How fast an error budget is spent over a long and a short window: 1 spends it in exactly its period. Both must reach `factor`:
 * the long one shows that it matters, the short one that it still goes on. Null where nothing was counted.
 */
export const burnSchema = z.object({
  severity: severitySchema,
  factor: z.number(),
  longMs: z.int(),
  shortMs: z.int(),
  longRate: z.number().nullable(),
  shortRate: z.number().nullable(),
  isBurning: z.boolean(),
  /** False where the long window has too few events to judge. */
  isKnown: z.boolean(),
});

export type Burn = z.infer<typeof burnSchema>;

/** A promise about a series, and how much of its error budget is left. */
export const objectiveStateSchema = z.object({
  objectiveId: z.string(),
  title: z.string(),
  /** What is promised, in words. */
  goal: z.string(),
  series: seriesSchema,
  /** Share (0 to 1) that must be good. */
  target: z.number(),
  days: z.int(),
  total: z.number(),
  bad: z.number(),
  /** Share of the budget: 1 untouched, below 0 overspent; null where too little was counted. */
  budgetLeft: z.number().nullable(),
  /** The first hour or minute of the period in which anything was counted. */
  since: instantSchema.nullable(),
  burns: z.array(burnSchema),
  sentence: z.string(),
});

export type ObjectiveState = z.infer<typeof objectiveStateSchema>;

/** Whether the last whole hour was as that hour of the week usually is. `quiet`: it had too little traffic to compare. */
export const bandSchema = z.object({
  bandId: z.string(),
  title: z.string(),
  series: seriesSchema,
  unit: z.enum(['count', 'ms']),
  state: z.enum(['learning', 'quiet', 'usual', 'unusual']),
  daysKnown: z.int(),
  daysNeeded: z.int(),
  /** The hour that was judged. */
  at: instantSchema,
  value: z.number().nullable(),
  low: z.number().nullable(),
  median: z.number().nullable(),
  high: z.number().nullable(),
  samples: z.int(),
  sentence: z.string(),
});

export type Band = z.infer<typeof bandSchema>;

/** What will happen if things go on as they are, and the numbers that say so. */
export const forecastSchema = z.object({
  forecastId: z.string(),
  kind: z.enum(['budget', 'batch', 'throttling']),
  title: z.string(),
  isBad: z.boolean(),
  sentence: z.string(),
  /** When; null where it will not happen, or nobody can say. */
  at: instantSchema.nullable(),
  earliest: instantSchema.nullable(),
  latest: instantSchema.nullable(),
  evidence: z.array(evidenceSchema),
  batchId: z.string().nullable(),
});

export type Forecast = z.infer<typeof forecastSchema>;

/** What a rule says, and by what it counts: so finely it can be replayed. */
export const ruleStateSchema = judgementSchema.extend({ step: z.enum(['minute', 'hour']) });

export type RuleState = z.infer<typeof ruleStateSchema>;

/** What `GET /api/objectives` answers. */
export const objectivesSchema = z.object({
  now: instantSchema,
  objectives: z.array(objectiveStateSchema),
  bands: z.array(bandSchema),
  forecasts: z.array(forecastSchema),
  /** Every rule with what it says now. */
  rules: z.array(ruleStateSchema),
});

export type Objectives = z.infer<typeof objectivesSchema>;

export const ruleParams = z.object({ ruleId: z.string().min(1).max(100) });

/** The longest time that a rule is replayed over: `hour` rules see hours, the others minutes. */
export const REPLAY_DAYS = { minute: 2, hour: 14 } as const;

/** `GET /api/objectives/{ruleId}/replay`. */
export const replayQuerySchema = z
  .strictObject({ from: instantSchema, to: instantSchema })
  .refine(({ from, to }) => from < to, { error: 'Choose an end after the beginning', path: ['to'] });

export type ReplayQuery = z.infer<typeof replayQuerySchema>;

export const replayStateSchema = z.enum(['unknown', 'ok', 'pending', 'firing']);

export type ReplayState = z.infer<typeof replayStateSchema>;

/** When a rule would have fired over past data. */
export const replaySchema = z.object({
  ruleId: z.string(),
  title: z.string(),
  from: instantSchema,
  to: instantSchema,
  stepMs: z.int(),
  /** Where the state changed, oldest first; the first is at `from`. */
  changes: z.array(z.object({ at: instantSchema, state: replayStateSchema, sentence: z.string() })),
  /** `to` is null where it still fired at the end. */
  firings: z.array(z.object({ from: instantSchema, to: instantSchema.nullable(), sentence: z.string() })),
});

export type Replay = z.infer<typeof replaySchema>;
