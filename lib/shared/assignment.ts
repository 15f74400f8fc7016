import * as z from 'zod';
import { pageQuery } from '@/lib/shared/api';
import { courseIdSchema } from '@/lib/shared/course';
import { instantSchema } from '@/lib/shared/instant';
import { authorSchema } from '@/lib/shared/session';
import { plainText } from '@/lib/shared/text';

export const ASSIGNMENT_TYPES = ['homework', 'quiz', 'exam', 'project', 'discussion', 'lab'] as const;
export const ASSIGNMENT_STATUSES = ['draft', 'published', 'archived'] as const;

export type AssignmentType = (typeof ASSIGNMENT_TYPES)[number];
export type AssignmentStatus = (typeof ASSIGNMENT_STATUSES)[number];

/** What follows a create: both counters, and the audit event where its table refused. Usually none is pending. */
export const EFFECTS = ['course', 'instructor', 'audit'] as const;

export type Effect = (typeof EFFECTS)[number];

/** Archiving has its own operation, so nobody can set it in passing. */
const EDITABLE_STATUSES = ['draft', 'published'] as const;

const oneOf = (values: readonly string[]) => `Choose one of ${values.join(', ')}`;

const amount = (name: string, max: number) =>
  z
    .number({ error: `Give the ${name} as a number` })
    .min(0, `The ${name} cannot be negative`)
    .max(max, `The ${name} can be at most ${max.toLocaleString('en')}`)
    .multipleOf(0.01, `Give the ${name} with at most two decimals`);

const WHOLE_ATTEMPTS = 'Give the number of attempts as a whole number';

const fields = {
  courseId: courseIdSchema,
  title: plainText({ name: 'title', min: 1, max: 200 }),
  description: plainText({ name: 'description', max: 20_000, multiline: true }),
  type: z.enum(ASSIGNMENT_TYPES, { error: oneOf(ASSIGNMENT_TYPES) }),
  status: z.enum(EDITABLE_STATUSES, { error: oneOf(EDITABLE_STATUSES) }),
  points: amount('points', 100_000),
  weight: amount('weight', 100),
  availableFrom: instantSchema.nullable(),
  dueAt: instantSchema.nullable(),
  availableUntil: instantSchema.nullable(),
  maxAttempts: z
    .number({ error: WHOLE_ATTEMPTS })
    // Not z.int(): its issue would end the check, and the order of the dates would go unjudged.
    .multipleOf(1, WHOLE_ATTEMPTS)
    .min(1, 'Allow at least 1 attempt, or leave it empty for any number')
    .max(1000, 'Allow at most 1,000 attempts, or leave it empty for any number')
    .nullable(),
};

type Dates = Record<'availableFrom' | 'dueAt' | 'availableUntil', string | null>;

const orderChecks = [
  { path: 'dueAt', earlier: 'availableFrom', message: 'The due date cannot be before the assignment opens' },
  { path: 'availableUntil', earlier: 'dueAt', message: 'The assignment cannot close before it is due' },
  {
    path: 'availableUntil',
    earlier: 'availableFrom',
    message: 'The assignment cannot close before it opens',
  },
] as const;

/** The instant in a date field, or null where there is none or it is not valid by itself. */
const instantOf = (value: unknown) =>
  typeof value === 'string' ? (instantSchema.safeParse(value).data ?? null) : null;

/** Judges the order of the dates even while other fields are wrong, so that one answer lists every problem. */
const inOrder = <Schema extends z.ZodType<Dates>>(schema: Schema): Schema =>
  orderChecks.reduce(
    (checked, { path, earlier, message }) =>
      checked.refine(
        (dates) => {
          const first = instantOf(dates[earlier]);
          const second = instantOf(dates[path]);
          return first === null || second === null || first <= second;
        },
        { path: [path], error: message, when: ({ value }) => typeof value === 'object' && value !== null },
      ),
    schema,
  );

const newAssignmentFields = z.strictObject({
  courseId: fields.courseId,
  title: fields.title,
  description: fields.description.default(''),
  type: fields.type,
  status: fields.status.default('draft'),
  points: fields.points.default(0),
  weight: fields.weight.default(0),
  availableFrom: fields.availableFrom.default(null),
  dueAt: fields.dueAt.default(null),
  availableUntil: fields.availableUntil.default(null),
  maxAttempts: fields.maxAttempts.default(null),
});

/** What an instructor types in, what the API takes and what one row of a batch file holds. Unknown fields are refused. */
export const newAssignmentSchema = inOrder(newAssignmentFields);

export type NewAssignment = z.infer<typeof newAssignmentSchema>;

const { courseId: _courseId, ...changeableFields } = fields;

/** An edit: the version it was made on and the fields to change. The course of an assignment never changes. */
export const assignmentChangesSchema = z.strictObject({
  version: z.int('Send the version you edited').min(1, 'Send the version you edited'),
  ...z.object(changeableFields).partial().shape,
});

/** What archiving and restoring take: the version the person saw, or none to apply to whatever is stored. */
export const versionSchema = assignmentChangesSchema.pick({ version: true }).partial();

/** The path of one assignment. */
export const assignmentParams = z.object({ assignmentId: z.string().min(1).max(200) });

export type AssignmentChanges = Omit<z.infer<typeof assignmentChangesSchema>, 'version'>;

/** What the table holds and the API answers. `requestId` names the request that created it. */
export const assignmentSchema = z.object({
  ...newAssignmentFields.shape,
  title: z.string(),
  description: z.string(),
  status: z.enum(ASSIGNMENT_STATUSES),
  assignmentId: z.string(),
  version: z.int(),
  createdBy: authorSchema,
  createdAt: z.string(),
  updatedAt: z.string(),
  requestId: z.string(),
  /** The batch and the row that created it, where a file did. */
  batchId: z.string().optional(),
  rowNumber: z.int().optional(),
  pendingEffects: z.array(z.enum(EFFECTS)).default([]),
});

export type Assignment = z.infer<typeof assignmentSchema>;

/** An assignment as lists show it: its long description and pending effects are on its own page. */
export const assignmentSummarySchema = assignmentSchema.omit({
  description: true,
  pendingEffects: true,
  batchId: true,
  rowNumber: true,
});

export type AssignmentSummary = z.infer<typeof assignmentSummarySchema>;

/** The fields whose changes an audit event lists, in the order in which people read them. */
export const CONTENT_FIELDS = newAssignmentFields.keyof().options;

/** What the list of assignments takes from its URL. */
export const assignmentFilterSchema = z
  .strictObject({
    courseId: courseIdSchema.optional(),
    instructorId: z.string().min(1).max(100).optional(),
    status: z.enum(ASSIGNMENT_STATUSES, { error: oneOf(ASSIGNMENT_STATUSES) }).optional(),
    dueFrom: instantSchema.optional(),
    dueTo: instantSchema.optional(),
    title: z.string().trim().max(200, 'Search for at most 200 characters').optional(),
    order: z.enum(['asc', 'desc'], { error: oneOf(['asc', 'desc']) }).default('asc'),
    ...pageQuery,
  })
  .refine(({ dueFrom, dueTo }) => !dueFrom || !dueTo || dueFrom <= dueTo, {
    path: ['dueTo'],
    error: 'The end of the due range is before its start',
  });

export type AssignmentFilter = z.infer<typeof assignmentFilterSchema>;
