import 'server-only';
import * as z from 'zod';

const tableName = (name: string) =>
  z
    .string()
    .regex(/^[\w.-]{3,255}$/, 'A table name has 3 to 255 letters, digits, dots, dashes and underscores')
    .default(`DemoProject-${name}`);

const tables = {
  ASSIGNMENTS_TABLE: tableName('Assignments'),
  COURSES_TABLE: tableName('Courses'),
  USERS_TABLE: tableName('Users'),
  AUDIT_TABLE: tableName('AuditLogs'),
  SESSIONS_TABLE: tableName('Sessions'),
  BATCHES_TABLE: tableName('Batches'),
  FAILED_ITEMS_TABLE: tableName('FailedItems'),
  CONSISTENCY_TABLE: tableName('Consistency'),
  METRICS_TABLE: tableName('Metrics'),
};

const retentionSchema = z
  .string()
  .default('')
  .transform((text, context) => {
    const classes: Record<string, number> = { default: 365 };
    for (const part of text.split(',').filter(Boolean)) {
      const [, name, days] = /^(default|[A-Z_]+)=(\d{1,5})$/.exec(part.trim()) ?? [];
      if (!name || !days || Number(days) < 1) {
        const message = `Write AUDIT_RETENTION_DAYS as default=365,SIGN_IN=90; "${part}" is not of that form`;
        context.addIssue({ code: 'custom', message });
        return z.NEVER;
      }
      classes[name] = Number(days);
    }
    return classes;
  });

const schema = z.object({
  ...tables,
  NODE_ENV: z.enum(['development', 'production', 'test']).default('development'),
  /** Retries after the first attempt of a call to DynamoDB. */
  MAX_RETRIES: z.coerce.number().int().min(0).max(10).default(3),
  /** Items per BatchWriteItem call; DynamoDB takes at most 25. */
  BATCH_SIZE: z.coerce.number().int().min(1).max(25).default(25),
  /** Longest wait before a retry, in milliseconds. */
  MAX_WAIT_TIME: z.coerce.number().int().min(1).default(5000),
  /** `off` takes the random share away from retry waits. */
  RETRY_JITTER: z.enum(['on', 'off']).default('on'),
  /** Where DynamoDB answers, when it is not AWS: the embedded engine, or any other local one. */
  DYNAMODB_ENDPOINT: z.url().optional(),
  AWS_REGION: z.string().optional(),
  /** Signs session cookies; at least 32 characters, the same in every process. */
  AUTH_SECRET: z.string().min(32, 'AUTH_SECRET needs at least 32 characters').optional(),
  /** The address people open, such as https://desk.example.edu; cookies are Secure when it is https. */
  PUBLIC_URL: z.url().optional(),
  /** `strict` refuses a change whose audit event cannot be written; `lenient` lets it follow. */
  AUDIT_MODE: z.enum(['lenient', 'strict']).default('lenient'),
  /** Days that events are kept, by class: `default`, or an action, as in `default=365,VIEW_PERSONAL_DATA=730`. */
  AUDIT_RETENTION_DAYS: retentionSchema,
  /** Signs the seals of the audit trail: an Ed25519 private key, PKCS #8 in base64. Without it nothing is sealed. */
  AUDIT_SIGNING_KEY: z.base64().optional(),
  /** Raw public keys (base64, joined by commas) that signed earlier seals. */
  AUDIT_PUBLIC_KEYS: z
    .string()
    .default('')
    .transform((text) => text.split(',').filter(Boolean)),
  /** Where the newest seal is posted to, so that an anchor lies outside the product. */
  AUDIT_ANCHOR_URL: z.url().optional(),
  /** The bearer token of Prometheus for /api/metrics/prometheus; without it that address answers nobody. */
  METRICS_TOKEN: z.string().min(16, 'METRICS_TOKEN needs at least 16 characters').optional(),
  /** `on` sends OpenTelemetry traces to OTEL_EXPORTER_OTLP_ENDPOINT. */
  TRACES: z.enum(['on', 'off']).default('off'),
  /** Where alerts are posted to, and the secret that signs them. */
  ALERT_WEBHOOK_URL: z.url().optional(),
  ALERT_WEBHOOK_SECRET: z.string().min(16, 'ALERT_WEBHOOK_SECRET needs at least 16 characters').optional(),
  /** The SNS topic that alerts are published to. */
  ALERT_SNS_TOPIC_ARN: z.string().startsWith('arn:').optional(),
  /** How long to wait before a call is sent again: the delays of the requirements, or delays that follow from what was seen. */
  RETRY_POLICY: z.enum(['fixed', 'adaptive', 'learned']).default('fixed'),
  /** Write units a second of the assignments table, where they are known and DescribeTable does not say them. */
  WRITE_UNITS_PER_SECOND: z.coerce.number().int().min(1).optional(),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  /** `off` makes a process that serves requests only and leaves background work to others. */
  WORKER: z.enum(['on', 'off']).default('on'),
  /** Hours between two checks of the data's consistency that begin by themselves; 0 for none. */
  CONSISTENCY_EVERY_HOURS: z.coerce.number().min(0).max(8760).default(24),
  /** Items that a process reads a second for such a check. */
  CONSISTENCY_ITEMS_PER_SECOND: z.coerce.number().int().min(1).max(100_000).default(500),
});

const parsed = schema.safeParse(process.env);

if (!parsed.success) {
  throw new Error(`Invalid environment:\n${z.prettifyError(parsed.error)}`);
}

/** The environment, parsed once at start. No other file reads `process.env`. */
export const env = parsed.data;

/** The environment variable that names this table, so that errors can say what to check. */
export function tableVariable(tableName: string): string | undefined {
  return Object.entries(env).find(([variable, value]) => variable in tables && value === tableName)?.[0];
}
