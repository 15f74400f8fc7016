import * as z from 'zod';
import { pageQuery } from '@/lib/shared/api';
import { assignmentChangesSchema, assignmentSchema, newAssignmentSchema } from '@/lib/shared/assignment';
import { courseIdSchema } from '@/lib/shared/course';
import { instantSchema } from '@/lib/shared/instant';
import { authorSchema, starterSchema } from '@/lib/shared/session';

/**
 * What can fail: a row of a batch, a form that gave up, effects of a create that stay pending, an undo that is held up.
 */
export const FAILED_ITEM_KINDS = ['batch_row', 'create', 'effects', 'undo'] as const;

export type FailedItemKind = (typeof FAILED_ITEM_KINDS)[number];

/**
 * `open` waits for a person, `retrying` is in the hands of a process, `unknown` was in the hands of one that vanished: its
 * target is read before anything is sent. `snoozed` is open again by itself. The last two are final.
 */
export const FAILED_ITEM_STATES = [
  'open',
  'retrying',
  'unknown',
  'snoozed',
  'succeeded',
  'discarded',
] as const;

export type FailedItemState = (typeof FAILED_ITEM_STATES)[number];

/** States of an item that still needs somebody. */
export const UNRESOLVED_STATES = ['open', 'retrying', 'unknown', 'snoozed'] as const;

export function isUnresolved(state: FailedItemState): boolean {
  const states: readonly FailedItemState[] = UNRESOLVED_STATES;
  return states.includes(state);
}

/**
 * How one attempt ended. `landed`: an earlier one had arrived after all, so nothing was created. `interrupted`: its process
 * vanished and nothing had been written.
 */
const attemptSchema = z.object({
  at: z.string(),
  requestId: z.string(),
  outcome: z.enum(['failed', 'succeeded', 'landed', 'interrupted']),
  /** Of a failure. */
  code: z.string().nullable(),
  class: z.string().nullable(),
  message: z.string(),
  /** Who asked for it; null for the write that failed first. */
  actor: starterSchema.nullable(),
  /** The batch that retried it with others. */
  bulkId: z.string().nullable(),
});

export type Attempt = z.infer<typeof attemptSchema>;

/** What lists show of a failed item. `id` names it in the URL. */
export const failedItemSummarySchema = z.object({
  id: z.string(),
  kind: z.enum(FAILED_ITEM_KINDS),
  state: z.enum(FAILED_ITEM_STATES),
  version: z.int(),
  code: z.string(),
  class: z.string(),
  message: z.string(),
  /** Why DynamoDB throttled, where it said so; the table or index that refused; the field that is wrong. */
  reason: z.string().nullable(),
  resource: z.string().nullable(),
  field: z.string().nullable(),
  fingerprint: z.string(),
  title: z.string(),
  courseId: z.string(),
  batchId: z.string().nullable(),
  rowNumber: z.int().nullable(),
  actor: authorSchema,
  /** What was or will be written; null for an undo. */
  assignmentId: z.string().nullable(),
  /** The request that failed first. */
  requestId: z.string(),
  attemptCount: z.int(),
  firstAt: z.string(),
  lastAt: z.string(),
  snoozedUntil: z.string().nullable(),
  /** Why somebody discarded it. */
  discardReason: z.string().nullable(),
});

export type FailedItemSummary = z.infer<typeof failedItemSummarySchema>;

/** One failed item. `payload` is what will be written; null where nothing new would be (effects, undo). */
export const failedItemSchema = failedItemSummarySchema.extend({
  payload: newAssignmentSchema.nullable(),
  attempts: z.array(attemptSchema),
});

export type FailedItem = z.infer<typeof failedItemSchema>;

/** What `GET /api/failed-items/{id}` answers: the item, and the assignment that stands under its ID at this moment. */
export const failedItemDetailSchema = failedItemSchema.extend({
  target: assignmentSchema.nullable(),
  /** Whether `target` is this very write: then retrying creates nothing. */
  hasLanded: z.boolean(),
  /** Why it cannot be retried at this moment, or null. */
  blocked: z.string().nullable(),
});

export type FailedItemDetail = z.infer<typeof failedItemDetailSchema>;

/** Failed items with one cause. Counts are as of `countedAt`; lists name the first few. */
export const failedItemGroupSchema = z.object({
  fingerprint: z.string(),
  kind: z.enum(FAILED_ITEM_KINDS),
  code: z.string(),
  class: z.string(),
  reason: z.string().nullable(),
  resource: z.string().nullable(),
  field: z.string().nullable(),
  /** The message of one of them. */
  message: z.string(),
  counts: z.record(z.enum(FAILED_ITEM_STATES), z.int()),
  firstAt: z.string(),
  lastAt: z.string(),
  courseIds: z.array(z.string()),
  courseCount: z.int(),
  batchIds: z.array(z.string()),
  batchCount: z.int(),
  /** Unresolved items by the hour in which they first failed, oldest first, the last 48 hours without empty ones. */
  hours: z.array(z.object({ from: z.string(), count: z.int() })),
  countedAt: z.string(),
});

export type FailedItemGroup = z.infer<typeof failedItemGroupSchema>;

/** Whether a retry is likely to work now: what writes came to in the last two minutes. */
export const retrySafetySchema = z.object({
  isSafe: z.boolean(),
  failed: z.int(),
  succeeded: z.int(),
  /** The most frequent code of the failures. */
  code: z.string().nullable(),
});

export type RetrySafety = z.infer<typeof retrySafetySchema>;

/** What `GET /api/failed-items/groups` answers. The equation: `total` is the sum of all states. */
export const failedItemGroupsSchema = z.object({
  groups: z.array(failedItemGroupSchema),
  totals: z.record(z.enum(FAILED_ITEM_STATES), z.int()),
  total: z.int(),
  /** False where a filter looked at only a part of the items. */
  isComplete: z.boolean(),
  safety: retrySafetySchema,
  asOf: z.string(),
});

export type FailedItemGroups = z.infer<typeof failedItemGroupsSchema>;

const optionalText = z.string().trim().min(1).max(200).optional();

/** What narrows failed items, in the URL and in an action on all that match. `state` stands for unresolved where left out. */
const filterFields = {
  state: z.enum([...FAILED_ITEM_STATES, 'unresolved']).default('unresolved'),
  kind: z.enum(FAILED_ITEM_KINDS).optional(),
  code: optionalText,
  class: z.enum(['transient', 'data', 'system', 'business']).optional(),
  fingerprint: optionalText,
  batchId: optionalText,
  courseId: optionalText,
  actorId: optionalText,
  /** Of the first failure. */
  from: instantSchema.optional(),
  to: instantSchema.optional(),
  /** An item, row, assignment or request ID. */
  q: optionalText,
};

export const failedItemFilterSchema = z.strictObject(filterFields);

export type FailedItemFilter = z.infer<typeof failedItemFilterSchema>;

/** What the list takes from its URL, by the time of the first failure. */
export const failedItemListSchema = z.strictObject({
  ...filterFields,
  order: z.enum(['asc', 'desc']).default('desc'),
  ...pageQuery,
});

export type FailedItemList = z.infer<typeof failedItemListSchema>;

/** The path of one failed item. */
export const failedItemParams = z.object({ id: z.string().min(3).max(300) });

/** Most items that one request acts on at once; more become a batch. */
export const MOST_AT_ONCE = 25;

/** A bulk retry of more than this many begins with a few, and goes on only if they succeed. */
export const CANARY = { above: 500, items: 10, mustSucceed: 9 } as const;

/**
 * Fields that a patch may set, of one item or of a whole group; unknown ones are refused. None has a default: what is left
 * out stays as it is.
 */
export const payloadPatchSchema = z
  .strictObject({ courseId: courseIdSchema, ...assignmentChangesSchema.omit({ version: true }).shape })
  .partial()
  .refine((patch) => Object.keys(patch).length > 0, 'Change at least one field');

export type PayloadPatch = z.infer<typeof payloadPatchSchema>;

/** What `PATCH /api/failed-items/{id}` takes: the version that was seen, and the fields to change. */
export const editFailedItemSchema = z.strictObject({
  version: z.int().min(1),
  payload: payloadPatchSchema,
});

const reasonSchema = z.string().trim().min(3, 'Give a reason of at least 3 characters').max(500);

const selection = {
  ids: z.array(z.string().min(3).max(300)).min(1).max(1000).optional(),
  filter: failedItemFilterSchema.optional(),
  reason: reasonSchema.optional(),
  /** Answers what would happen, and does nothing. */
  dryRun: z.boolean().default(false),
  /** With a batch: most items a second, over all processes. */
  itemsPerSecond: z.int().min(1).max(1000).default(100),
};

const onIdsOrFilter = <Schema extends z.ZodType<{ ids?: unknown; filter?: unknown }>>(schema: Schema) =>
  schema.refine(({ ids, filter }) => (ids === undefined) !== (filter === undefined), {
    path: ['ids'],
    error: 'Name either ids or a filter',
  });

/** `patch` sets the same fields on every item first; it needs the right to edit. */
export const retryFailedItemsSchema = onIdsOrFilter(
  z.strictObject({ ...selection, patch: payloadPatchSchema.optional() }),
);
export const discardFailedItemsSchema = onIdsOrFilter(z.strictObject({ ...selection, reason: reasonSchema }));
export const snoozeFailedItemsSchema = onIdsOrFilter(z.strictObject({ ...selection, until: instantSchema }));
export const restoreFailedItemsSchema = onIdsOrFilter(z.strictObject(selection));

/** The actions on failed items; each is also a kind of batch. */
export const FAILED_ITEM_ACTIONS = ['retry', 'discard', 'snooze', 'restore'] as const;

export type FailedItemAction = (typeof FAILED_ITEM_ACTIONS)[number];

/** What came of an action on one item. `skipped`: not eligible, or somebody else was quicker; nothing was done. */
export const itemOutcomeSchema = z.object({
  id: z.string(),
  outcome: z.enum(['succeeded', 'failed', 'skipped']),
  message: z.string(),
  /** Of a failure. */
  code: z.string().nullable(),
  assignmentId: z.string().nullable(),
});

export type ItemOutcome = z.infer<typeof itemOutcomeSchema>;

/** What an action would do. */
export const actionPlanSchema = z.object({
  matching: z.int(),
  eligible: z.int(),
  /** Why the others are not. */
  notEligible: z.array(z.object({ reason: z.string(), count: z.int() })),
  writeUnits: z.int(),
  seconds: z.number(),
  canaryItems: z.int(),
  isComplete: z.boolean(),
  safety: retrySafetySchema,
  /** Of a patch: the first few items, field by field, and what is wrong with the result. */
  preview: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      changes: z.array(z.object({ field: z.string(), before: z.string(), after: z.string() })),
      problem: z.string().nullable(),
    }),
  ),
});

export type ActionPlan = z.infer<typeof actionPlanSchema>;

/** What `POST /api/failed-items/{action}` answers: a plan, one outcome per item, or the batch that does it. */
export const actionAnswerSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('plan'), plan: actionPlanSchema }),
  z.object({ kind: z.literal('outcomes'), outcomes: z.array(itemOutcomeSchema) }),
  z.object({ kind: z.literal('batch'), batchId: z.string() }),
]);

export type ActionAnswer = z.infer<typeof actionAnswerSchema>;
