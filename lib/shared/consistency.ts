import * as z from 'zod';
import { pageQuery } from '@/lib/shared/api';
import { auditValueSchema } from '@/lib/shared/audit-event';
import { authorSchema } from '@/lib/shared/session';

/** The rules that hold over the whole data at every moment. */
export const INVARIANTS = [
  'course-counts',
  'instructor-counts',
  'creation-events',
  'batch-equations',
  'failed-item-counts',
  'group-counts',
  'leases',
  'pending-effects',
] as const;

export type InvariantName = (typeof INVARIANTS)[number];

/** What each rule says, in a sentence, and why repairing it does no harm. */
export const INVARIANT_TEXTS: Record<InvariantName, { title: string; rule: string; safety: string }> = {
  'course-counts': {
    title: 'Counts of courses',
    rule: 'The count of each course is the number of its assignments.',
    safety:
      'The assignments are counted again first, and the count is only replaced while it is the one seen.',
  },
  'instructor-counts': {
    title: 'Counts of instructors',
    rule: 'The count of each person is the number of assignments that they created.',
    safety:
      'The assignments are counted again first, and the count is only replaced while it is the one seen.',
  },
  'creation-events': {
    title: 'Creation events',
    rule: 'Each assignment has exactly one creation event, and each creation event has an assignment or its deletion.',
    safety:
      'The event follows from what is stored, so writing it twice is writing it once. None is ever removed.',
  },
  'batch-equations': {
    title: 'Equations of batches',
    rule: 'The numbers of each batch add up to its rows, and are the sums over its parts.',
    safety:
      'The parts are added up again first, and the numbers are only replaced while they are those seen.',
  },
  'failed-item-counts': {
    title: 'Counts of failed rows',
    rule: 'Each batch counts as many failed rows as it has unresolved failed items.',
    safety: 'Only what is missing is added, and a number is only replaced while it is the one seen.',
  },
  'group-counts': {
    title: 'Counts of groups',
    rule: 'The counts of each group of failed items are those of its items.',
    safety: 'The items are counted again first, and the counts are only replaced while they are those seen.',
  },
  leases: {
    title: 'Leases',
    rule: 'Nothing is held longer than its lease allows.',
    safety: 'The holder may not write any more. A release takes nothing away: who comes next looks first.',
  },
  'pending-effects': {
    title: 'Pending effects',
    rule: 'No effect, event or settlement is pending for longer than 10 minutes.',
    safety:
      'It is done the way it always is: together with taking it off the list, so it cannot happen twice.',
  },
};

const RUN_STATES = ['running', 'done'] as const;
const TRIGGERS = ['button', 'schedule', 'command'] as const;

export type Trigger = (typeof TRIGGERS)[number];

/** One check of everything. Its numbers are final once it is `done`. */
export const checkRunSchema = z.object({
  runId: z.string(),
  state: z.enum(RUN_STATES),
  trigger: z.enum(TRIGGERS),
  startedBy: authorSchema.extend({ name: z.string() }),
  createdAt: z.string(),
  finishedAt: z.string().nullable(),
  checked: z.int(),
  differences: z.int(),
  repaired: z.int(),
  /** What changed at every look, so that nothing could be said about it. */
  unsettled: z.int(),
});

export type CheckRun = z.infer<typeof checkRunSchema>;

/** How far the check of one rule is. */
export const invariantProgressSchema = z.object({
  invariant: z.enum(INVARIANTS),
  state: z.enum(['waiting', 'running', 'done']),
  checked: z.int(),
  differences: z.int(),
  unsettled: z.int(),
  parts: z.int(),
  partsDone: z.int(),
  /** What holds it up at this moment; it tries again by itself. */
  problem: z.string().nullable(),
});

export type InvariantProgress = z.infer<typeof invariantProgressSchema>;

const DIFFERENCE_STATES = ['open', 'repaired'] as const;

/** Something for which a rule does not hold: what follows from the data, and what was found instead. */
export const differenceSchema = z.object({
  differenceId: z.string(),
  runId: z.string(),
  invariant: z.enum(INVARIANTS),
  target: z.string(),
  expected: auditValueSchema,
  found: auditValueSchema,
  /** What a repair does; null where it cannot be repaired, and `advice` says why and what to do instead. */
  repair: z.string().nullable(),
  advice: z.string().nullable(),
  state: z.enum(DIFFERENCE_STATES),
  foundAt: z.string(),
  repairedAt: z.string().nullable(),
  repairedBy: authorSchema.extend({ name: z.string() }).nullable(),
});

export type Difference = z.infer<typeof differenceSchema>;

/** What `GET /api/consistency` answers: the latest runs, newest first. */
export const checkRunsSchema = z.object({ runs: z.array(checkRunSchema), everyHours: z.number() });

/** What `GET /api/consistency/{runId}` answers: the run, its rules, and one page of its differences. */
export const checkRunDetailSchema = z.object({
  run: checkRunSchema,
  invariants: z.array(invariantProgressSchema),
  differences: z.object({ items: z.array(differenceSchema), cursor: z.string().nullable() }),
});

export type CheckRunDetail = z.infer<typeof checkRunDetailSchema>;

/** The path of one run. */
export const checkRunParams = z.object({
  runId: z.string().regex(/^check_[\w-]{1,80}$/, 'No check has this ID'),
});

/** Paging through the differences of one run. */
export const checkRunQuery = z.strictObject({ invariant: z.enum(INVARIANTS).optional(), ...pageQuery });

export type CheckRunQuery = z.infer<typeof checkRunQuery>;

/** Most differences that one request repairs. */
export const MOST_REPAIRS = 50;

/** What `POST /api/consistency/{runId}/repair` takes. */
export const repairSchema = z
  .strictObject({
    differenceIds: z.array(z.string().min(3).max(400)).min(1).max(MOST_REPAIRS).optional(),
    invariant: z.enum(INVARIANTS).optional(),
    /** Answers what would happen, and does nothing. */
    dryRun: z.boolean().default(false),
  })
  .refine(({ differenceIds, invariant }) => (differenceIds === undefined) !== (invariant === undefined), {
    path: ['differenceIds'],
    error: 'Name either differences or a rule',
  });

export type RepairRequest = z.infer<typeof repairSchema>;

/**
 * What came of one difference, or would: `planned` by a dry run; `gone` where it is in order by now; `changed` where
 * somebody changed it since, so that a new check must judge it.
 */
export const repairOutcomeSchema = z.object({
  differenceId: z.string(),
  target: z.string(),
  outcome: z.enum(['planned', 'repaired', 'gone', 'changed', 'not_repairable', 'failed']),
  message: z.string(),
  before: auditValueSchema,
  after: auditValueSchema,
});

export type RepairOutcome = z.infer<typeof repairOutcomeSchema>;

/** What the repair answers; `left` counts open differences of the rule beyond the most that one request takes. */
export const repairAnswerSchema = z.object({ outcomes: z.array(repairOutcomeSchema), left: z.int() });

export type RepairAnswer = z.infer<typeof repairAnswerSchema>;
