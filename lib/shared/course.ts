import * as z from 'zod';
import { pageQuery } from '@/lib/shared/api';

/** A course id as people write it: module and presentation, such as AAA-2013J. */
export const courseIdSchema = z
  .string({ error: (issue) => (issue.input === undefined ? 'Choose a course' : 'Give the course as text') })
  .trim()
  .min(1, 'Choose a course')
  .max(64, 'A course id has at most 64 characters')
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9._-]*$/,
    'A course id has letters, digits, dots, dashes and underscores only',
  );

/** One presentation of a module. `startsOn` is a calendar date in the course's own time zone. */
export const courseSchema = z.object({
  courseId: z.string(),
  title: z.string(),
  department: z.string(),
  timeZone: z.string(),
  startsOn: z.iso.date(),
  assignmentCount: z.number().int().default(0),
  lastAssignmentAt: z.string().nullable().default(null),
});

export type Course = z.infer<typeof courseSchema>;

/** What the list of courses takes from its URL; `q` is the beginning of a course id. */
export const courseFilterSchema = z.strictObject({
  q: z.string().trim().max(64, 'A course id has at most 64 characters').optional(),
  ...pageQuery,
});

export type CourseFilter = z.infer<typeof courseFilterSchema>;
