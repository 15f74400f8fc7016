import * as z from 'zod';
import { pageQuery } from '@/lib/shared/api';
import { EFFECTS } from '@/lib/shared/assignment';
import { BATCH_STATES } from '@/lib/shared/batch';
import { instantSchema } from '@/lib/shared/instant';
import { ROLES } from '@/lib/shared/permissions';

/** What can be rolled back. An inconsistency that was found is repaired where it is listed, at `/consistency`. */
export const ROLLBACK_KINDS = ['create', 'batch', 'actor'] as const;

export type RollbackKind = (typeof ROLLBACK_KINDS)[number];

/** How a create is put right of which a part is missing: by what is missing, or by taking the rest away. */
export const CREATE_WAYS = ['apply', 'compensate'] as const;

export type CreateWay = (typeof CREATE_WAYS)[number];

/** Everything that a rollback does. */
export const ROLLBACK_STEPS = [
  'apply_course',
  'apply_instructor',
  'apply_audit',
  'delete',
  'count_down_course',
  'count_down_instructor',
  'set_back',
  'archive',
  'restore',
] as const;

export type RollbackStep = (typeof ROLLBACK_STEPS)[number];

/** What a rollback does to one assignment that somebody changed. */
const TARGET_STEPS = ['delete', 'set_back', 'archive', 'restore'] as const satisfies readonly RollbackStep[];

export type TargetStep = (typeof TARGET_STEPS)[number];

/** Why an assignment stays as it is, in words for people. The one table: plans, results and tests read it. */
export const CANNOT = {
  changed_since: 'Somebody else changed it since, and that change would be lost',
  changed_later: 'The same person changed it again outside this time',
  already: 'It is already as it was before',
  deleted: 'It was deleted, and a deletion cannot be taken back',
  gone: 'It is not there any more',
  long_text: 'A long text was changed, of which the audit trail keeps only the beginning',
  batch_row: 'A batch created it: undo the batch instead',
  incomplete: 'Its history is not complete yet, so nobody can say what it was before',
} as const;

export type CannotReason = keyof typeof CANNOT;

const CANNOT_REASONS = Object.keys(CANNOT).filter((reason): reason is CannotReason => reason in CANNOT);

/** The longest time that one rollback of a person reaches over. */
const MOST_DAYS = 7;

const DAY_MS = 24 * 60 * 60 * 1000;

const createFields = {
  kind: z.literal('create'),
  assignmentId: z.string().trim().min(1, 'Give the ID of the assignment').max(200),
  way: z.enum(CREATE_WAYS).default('apply'),
};

const batchFields = {
  kind: z.literal('batch'),
  batchId: z.string().trim().min(1, 'Give the ID of the batch').max(100),
};

const actorFields = {
  kind: z.literal('actor'),
  /** User ID or email. */
  actor: z.string().trim().min(1, 'Name the person by user ID or email').max(200),
  from: instantSchema,
  to: instantSchema,
};

type Range = { from: string; to: string };

// What is no instant is a problem of its own: compared with it, everything is false.
const spanMs = ({ from, to }: Range) => Date.parse(to) - Date.parse(from);
const isInOrder = (range: Range) => !(spanMs(range) <= 0);
const isShort = (range: Range) => !(spanMs(range) > MOST_DAYS * DAY_MS);
const END_FIRST = { path: ['to'], error: 'The end of the time is before its start' };
const TOO_LONG = { path: ['to'], error: `Choose at most ${MOST_DAYS} days` };

/** What is to be rolled back, in the URL of a plan. */
export const rollbackInputSchema = z.discriminatedUnion('kind', [
  z.strictObject(createFields),
  z.strictObject(batchFields),
  z.strictObject(actorFields).refine(isInOrder, END_FIRST).refine(isShort, TOO_LONG),
]);

export type RollbackInput = z.infer<typeof rollbackInputSchema>;

const reason = z
  .string({ error: 'Give a reason' })
  .trim()
  .min(3, 'Give a reason of at least 3 characters')
  .max(500, 'A reason has at most 500 characters');

/** What `POST /api/rollbacks` takes: the input of a plan, and why. */
export const runRollbackSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    ...createFields,
    reason,
    /** The version that the plan showed. */
    version: z.int().min(1),
  }),
  z.strictObject({ ...batchFields, reason }),
  z
    .strictObject({ ...actorFields, reason })
    .refine(isInOrder, END_FIRST)
    .refine(isShort, TOO_LONG),
]);

export type RunRollback = z.infer<typeof runRollbackSchema>;

/** What every plan says: what will happen, what cannot be undone and why, and whether it can run at all. */
const plan = {
  will: z.array(z.object({ step: z.enum(ROLLBACK_STEPS), count: z.int() })),
  cannot: z.array(z.object({ reason: z.string(), count: z.int() })),
  /** Why it cannot run at this moment, or null. */
  blocked: z.string().nullable(),
  /** False where it looked at a part only: then the numbers are of that part. */
  isComplete: z.boolean(),
  asOf: z.string(),
};

const createPlanSchema = z.object({
  kind: z.literal('create'),
  way: z.enum(CREATE_WAYS),
  assignmentId: z.string(),
  /** Null where there is none. */
  assignment: z
    .object({
      title: z.string(),
      courseId: z.string(),
      version: z.int(),
      createdAt: z.string(),
      pendingEffects: z.array(z.enum(EFFECTS)),
    })
    .nullable(),
  ...plan,
});

export type CreatePlan = z.infer<typeof createPlanSchema>;

const batchFactsSchema = z.object({
  batchId: z.string(),
  fileName: z.string(),
  state: z.enum(BATCH_STATES),
  created: z.int(),
  undoneBy: z.string().nullable(),
});

export type BatchFacts = z.infer<typeof batchFactsSchema>;

const batchPlanSchema = z.object({ kind: z.literal('batch'), batch: batchFactsSchema, ...plan });

export type BatchPlan = z.infer<typeof batchPlanSchema>;

export const personSchema = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  role: z.enum(ROLES),
});

export type Person = z.infer<typeof personSchema>;

const actorPlanSchema = z.object({
  kind: z.literal('actor'),
  person: personSchema,
  from: z.string(),
  to: z.string(),
  /** Assignments that were looked at. */
  assignments: z.int(),
  /** Imports of the person in this time, each with a rollback of its own; the first few. */
  batches: z.array(batchFactsSchema),
  batchCount: z.int(),
  ...plan,
});

export type ActorPlan = z.infer<typeof actorPlanSchema>;

/** What `GET /api/rollbacks/plan` answers. */
export const rollbackPlanSchema = z.discriminatedUnion('kind', [
  createPlanSchema,
  batchPlanSchema,
  actorPlanSchema,
]);

export type RollbackPlan = z.infer<typeof rollbackPlanSchema>;

/** What would become of one assignment that the person changed: a step, or the reason why it stays. */
export const rollbackTargetSchema = z.object({
  assignmentId: z.string(),
  title: z.string(),
  courseId: z.string(),
  step: z.enum(TARGET_STEPS).nullable(),
  reason: z.enum(CANNOT_REASONS).nullable(),
  /** An earlier change of the person stays, because somebody else has changed the assignment in between. */
  isPartial: z.boolean(),
  /** The fields that are set back, as people read them. */
  changes: z.array(z.object({ field: z.string(), now: z.string(), before: z.string() })),
  /** The last change of the person in this time. */
  changedAt: z.string(),
});

export type RollbackTarget = z.infer<typeof rollbackTargetSchema>;

/** What the list of these assignments takes from its URL, last change first. */
export const rollbackTargetsQuery = z
  .strictObject({ ...actorFields, kind: actorFields.kind.default('actor'), ...pageQuery })
  .refine(isInOrder, END_FIRST)
  .refine(isShort, TOO_LONG);

/** What `POST /api/rollbacks` answers: it is done, or the batch that does it. */
export const rollbackAnswerSchema = z.discriminatedUnion('result', [
  z.object({ result: z.literal('done'), message: z.string() }),
  z.object({ result: z.literal('batch'), batchId: z.string() }),
]);

export type RollbackAnswer = z.infer<typeof rollbackAnswerSchema>;
