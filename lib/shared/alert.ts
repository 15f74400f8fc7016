import * as z from 'zod';
import { instantSchema } from '@/lib/shared/instant';
import { evidenceSchema, severitySchema } from '@/lib/shared/objective';

/**
 * `ok`: nothing is wrong. `pending`: it is bad, but not for long enough yet. `firing`: somebody should look. `resolved`: it
 * has fired, and is good again.
 */
export const ALERT_STATES = ['ok', 'pending', 'firing', 'resolved'] as const;

export const alertStateSchema = z.enum(ALERT_STATES);

export type AlertState = z.infer<typeof alertStateSchema>;

const acknowledgementSchema = z.object({ by: z.string(), at: z.string() });

/** While it lasts, nobody is told. It ends by itself. */
const silenceSchema = z.object({ by: z.string(), at: z.string(), until: z.string(), reason: z.string() });

/** One rule and what is known of it. Times are ISO; `since` is when its state began. */
export const alertSchema = z.object({
  ruleId: z.string(),
  title: z.string(),
  severity: severitySchema,
  state: alertStateSchema,
  since: z.string(),
  /** False where too little is known to judge. */
  isKnown: z.boolean(),
  sentence: z.string(),
  /** The numbers behind the sentence. */
  evidence: z.array(evidenceSchema),
  /** When it last began to fire. */
  firedAt: z.string().nullable(),
  acknowledged: acknowledgementSchema.nullable(),
  silence: silenceSchema.nullable(),
});

export type Alert = z.infer<typeof alertSchema>;

export const ALERT_EVENTS = ['firing', 'resolved', 'acknowledged', 'silenced'] as const;

/** One entry of the history; `by` is absent where the product did it. */
export const alertEventSchema = z.object({
  ruleId: z.string(),
  title: z.string(),
  kind: z.enum(ALERT_EVENTS),
  at: z.string(),
  sentence: z.string(),
  by: z.string().nullable(),
});

export type AlertEvent = z.infer<typeof alertEventSchema>;

/** Where alerts go beside the page. */
export const CHANNELS = ['webhook', 'sns'] as const;

export const channelSchema = z.enum(CHANNELS);

export type Channel = z.infer<typeof channelSchema>;

export const channelStateSchema = z.object({
  channel: channelSchema,
  isConfigured: z.boolean(),
  /** Where it goes, without secrets; or why it goes nowhere. */
  target: z.string(),
  delivered: z.int(),
  /** Messages that are still to be delivered. */
  waiting: z.int(),
  lastDeliveredAt: z.string().nullable(),
  lastFailure: z.object({ at: z.string(), message: z.string() }).nullable(),
});

export type ChannelState = z.infer<typeof channelStateSchema>;

/** What came of a test message. */
export const channelTestSchema = z.object({ isDelivered: z.boolean(), message: z.string() });

/** What the product may do by itself, where people have switched it on. */
export const RESPONSES = ['slow-down-batches', 'pause-batches', 'retry-failed-items'] as const;

export const responseIdSchema = z.enum(RESPONSES);

export type ResponseId = z.infer<typeof responseIdSchema>;

export const responseSchema = z.object({
  responseId: responseIdSchema,
  isOn: z.boolean(),
  switchedBy: z.string().nullable(),
  switchedAt: z.string().nullable(),
  /** Whether it is doing it at this moment, and since when. */
  isActive: z.boolean(),
  since: z.string().nullable(),
  /** What it does, or did last; null where it never has. */
  sentence: z.string().nullable(),
  /** Of a retry: it waits for the recovery from what began at this instant. */
  waitingSince: z.string().nullable(),
  /** The batch that it made. */
  batchId: z.string().nullable(),
  /** Batches that it has paused and will resume. */
  holds: z.array(z.string()),
});

export type AutomaticResponse = z.infer<typeof responseSchema>;

/** `GET /api/alerts`. `evaluatedAt` is when rules were last judged; null where they never were. */
export const alertsSchema = z.object({
  now: z.string(),
  evaluatedAt: z.string().nullable(),
  alerts: z.array(alertSchema),
  responses: z.array(responseSchema),
  channels: z.array(channelStateSchema),
  history: z.array(alertEventSchema),
});

export type Alerts = z.infer<typeof alertsSchema>;

/** The path of one alert: the rule's name. */
export const alertParams = z.object({ id: z.string().min(1).max(100) });

export const channelParams = z.object({ channel: channelSchema });

export const responseParams = z.object({ response: responseIdSchema });

export const switchSchema = z.strictObject({ isOn: z.boolean() });

export const LONGEST_SILENCE_MS = 7 * 24 * 60 * 60 * 1000;

export const SILENCE_REASON = { min: 3, max: 500 } as const;

/** `POST /api/alerts/{id}/silence`: why, and until when, at most seven days from now. */
export const newSilenceSchema = z.strictObject({
  reason: z
    .string()
    .trim()
    .min(SILENCE_REASON.min, `Give a reason of at least ${SILENCE_REASON.min} characters`)
    .max(SILENCE_REASON.max),
  until: instantSchema,
});

export type NewSilence = z.infer<typeof newSilenceSchema>;

/** What receivers get of an alert. `deliveryId` is the same each time one message is sent. */
export const alertMessageSchema = z.object({
  version: z.literal(1),
  deliveryId: z.string(),
  kind: z.enum(['firing', 'resolved', 'test']),
  at: z.string(),
  alert: z.object({
    ruleId: z.string(),
    title: z.string(),
    severity: severitySchema,
    sentence: z.string(),
    evidence: z.array(evidenceSchema),
    firedAt: z.string().nullable(),
  }),
  /** Where people see it; absent where `PUBLIC_URL` is not set. */
  url: z.string().optional(),
});

export type AlertMessage = z.infer<typeof alertMessageSchema>;
