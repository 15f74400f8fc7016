import * as z from 'zod';
import { instantSchema } from '@/lib/shared/instant';

/** What an hour of the trail holds, in numbers. Rows in segments count as the events they are. */
export const hourCountsSchema = z.object({
  events: z.int(),
  failures: z.int(),
  /** Stored items: single events and segments. */
  items: z.int(),
  /** Of them segments. */
  segments: z.int(),
  actions: z.record(z.string(), z.int()),
  /** Failures by code. */
  codes: z.record(z.string(), z.int()),
});

export type HourCounts = z.infer<typeof hourCountsSchema>;

/**
 * The seal of one hour (UTC, "2026-11-25T06"): a signed statement over the stored items of that hour and over the seal
 * before it. Hours follow each other without gaps from the first one, also those without events.
 */
export const sealSchema = z.object({
  version: z.literal(1),
  hour: z.string(),
  /** Merkle root (RFC 6962) over the records of the hour, hex. */
  root: z.string(),
  /** Over the list beside the seal (`listRootOf`), so that nobody can let an item expire early. Absent in the first seals. */
  listRoot: z.string().optional(),
  /** Leaves of that tree: items of the hour itself, and items of earlier hours that arrived late in it. */
  leaves: z.int(),
  late: z.int(),
  /** What the hour holds without those that came late, who are counted in `lateCounts`. */
  counts: hourCountsSchema,
  lateCounts: hourCountsSchema,
  /** SHA-256 (hex) of the statement of the hour before; null for the first. */
  previous: z.string().nullable(),
  sealedAt: z.string(),
  /** First 16 hex digits of the SHA-256 of the raw public key. */
  keyId: z.string(),
  /** Ed25519 over the statement, base64. */
  signature: z.string(),
});

export type Seal = z.infer<typeof sealSchema>;

/** What is signed and chained: everything but the signature, as canonical JSON. */
export function sealStatement({ signature, ...statement }: Seal): string {
  return canonicalJson(statement);
}

/** JSON with the keys of every object in code unit order and no spaces; bytes as `{"$bytes": base64}`. */
export function canonicalJson(value: unknown): string {
  if (value instanceof Uint8Array) return `{"$bytes":${JSON.stringify(toBase64(value))}}`;
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, member]) => `${JSON.stringify(name)}:${canonicalJson(member)}`);
    return `{${members.join(',')}}`;
  }
  return JSON.stringify(value);
}

/**
 * The bytes of a stored item that its leaf is made of: all attributes but `ttl`, which a legal hold moves. The same in
 * the sealer, in the browser and on the command line.
 */
export function canonicalRecord({ ttl, ...item }: Record<string, unknown>): string {
  return canonicalJson(item);
}

function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}

/** The public key that seals are checked with: `GET /api/audit-log/public-key`. Earlier keys stay valid for their seals. */
export const publicKeysSchema = z.object({
  /** Null where the product has no signing key: then nothing is sealed. */
  current: z.string().nullable(),
  /** Raw Ed25519 keys (32 bytes), base64. */
  keys: z.array(z.object({ keyId: z.string(), publicKey: z.string() })),
});

export type PublicKeys = z.infer<typeof publicKeysSchema>;

/** `?from&to`: the instants between which hours are asked for. */
export const sealQuerySchema = z.object({
  from: instantSchema.optional(),
  to: instantSchema.optional(),
  cursor: z.string().max(2000).optional(),
});

export const sealedHourParams = z.object({
  hour: z.string().regex(/^\d{4}-\d\d-\d\dT\d\d$/, 'Name an hour like 2026-11-25T06'),
});

export const sealedRecordsQuerySchema = z.object({ cursor: z.string().max(2000).optional() });

/** `GET /api/audit-log/seals`: seals from one hour to another, oldest first. */
export const sealPageSchema = z.object({
  seals: z.array(sealSchema),
  cursor: z.string().nullable(),
  /** First hour of the trail, newest sealed hour, and the state of sealing. */
  firstHour: z.string().nullable(),
  newestHour: z.string().nullable(),
  isSealing: z.boolean(),
});

export type SealPage = z.infer<typeof sealPageSchema>;

/** What a seal's list says of one item: where it lies, its leaf, and the second (Unix time) after which it may be gone. */
export const sealedItemSchema = z.object({ id: z.string(), leaf: z.string(), ttl: z.int() });

export type SealedItem = z.infer<typeof sealedItemSchema>;

/**
 * `GET /api/audit-log/seals/{hour}`: the list that was stored with the seal, and what lies there now: one entry per stored
 * item. Both come in pages; the list comes first, alone.
 */
export const sealedRecordsSchema = z.object({
  list: z.array(sealedItemSchema),
  records: z.array(z.object({ id: z.string(), leaf: z.string(), record: z.string().nullable() })),
  cursor: z.string().nullable(),
});

export type SealedRecords = z.infer<typeof sealedRecordsSchema>;

/** What a check of one hour can find. `expired` is no fault: the item was past its time when it vanished. */
export const SEAL_FAULTS = [
  'changed',
  'removed',
  'added',
  'written_twice',
  'hour_missing',
  'chain_broken',
  'signature_wrong',
  'list_changed',
  'tail_missing',
] as const;

export type SealFault = (typeof SEAL_FAULTS)[number];

export const sealFindingSchema = z.object({
  hour: z.string(),
  fault: z.enum(SEAL_FAULTS),
  /** The items it is about: their references or keys; empty where the seal itself is at fault. */
  items: z.array(z.string()),
  message: z.string(),
});

export type SealFinding = z.infer<typeof sealFindingSchema>;
