import * as z from 'zod';
import { CONTENT_FIELDS } from '@/lib/shared/assignment';

/** What a column can become: every field of the form, and an assignment ID that the file brings itself. */
export const MAPPED_FIELDS = [...CONTENT_FIELDS, 'assignmentId'] as const;

export type MappedField = (typeof MAPPED_FIELDS)[number];

/** Fields without which no row can become an assignment. */
export const REQUIRED_FIELDS = ['courseId', 'title', 'type'] as const satisfies readonly MappedField[];

/**
 * How the dates of a column are written: `auto` takes ISO 8601 (with a zone, or local to the course) and
 * day.month.year; the other notations cannot be told apart from a single value.
 */
export const DATE_NOTATIONS = ['auto', 'dayMonthYear', 'monthDayYear', 'daysFromStart'] as const;

export type DateNotation = (typeof DATE_NOTATIONS)[number];

const columnName = z.string().min(1).max(200);

/** Where the value of one field comes from: columns of the file, joined, or one constant for all rows. */
export const fieldSourceSchema = z
  .strictObject({
    columns: z.array(columnName).max(5, 'Join at most 5 columns').default([]),
    /** Stands between joined columns. */
    separator: z.string().max(10).default(' '),
    /** Used where the file gives no value. */
    constant: z.string().max(1000).optional(),
    /** What a text of the file means, such as TMA for homework; other texts stay as they are. */
    values: z.record(z.string().max(200), z.string().max(200)).optional(),
    dates: z.enum(DATE_NOTATIONS).default('auto'),
  })
  .refine(({ columns, constant }) => columns.length > 0 || constant !== undefined, {
    path: ['columns'],
    error: 'Choose a column or give a constant',
  });

export type FieldSource = z.infer<typeof fieldSourceSchema>;

/** How the rows of a file become assignments. */
export const mappingSchema = z.strictObject({
  fields: z.partialRecord(z.enum(MAPPED_FIELDS), fieldSourceSchema),
  /** Texts that mean "no value", such as `?`. */
  emptyValues: z.array(z.string().max(50)).max(20).default([]),
});

export type Mapping = z.infer<typeof mappingSchema>;

/** A mapping that somebody saved, suggested when a file with the same header comes. */
export const savedMappingSchema = z.object({
  mappingId: z.string(),
  name: z.string(),
  columns: z.array(z.string()),
  mapping: mappingSchema,
  createdAt: z.string(),
});

export type SavedMapping = z.infer<typeof savedMappingSchema>;

/** What `POST /api/batches/mappings` takes. */
export const newSavedMappingSchema = z.strictObject({
  name: z.string({ error: 'Give the mapping a name' }).trim().min(1, 'Give the mapping a name').max(100),
  columns: z.array(columnName).min(1).max(200),
  mapping: mappingSchema,
});
