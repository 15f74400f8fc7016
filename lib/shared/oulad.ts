import { CalendarDateTime, parseDate, toZoned } from '@internationalized/date';
import * as z from 'zod';
import type { AssignmentStatus, AssignmentType, NewAssignment } from '@/lib/shared/assignment';
import type { Course } from '@/lib/shared/course';

/**
 * The assessments file of the Open University Learning Analytics Dataset (Kuzilek, Hlosta, Zdrahal: "Open University
 * Learning Analytics dataset", Scientific Data 4, 2017; CC BY 4.0): one row per assessment of a module presentation.
 */
export const ouladRowSchema = z.object({
  code_module: z.string().regex(/^[A-Z]{3}$/),
  code_presentation: z.string().regex(/^\d{4}[BJ]$/),
  id_assessment: z.string().min(1),
  assessment_type: z.enum(['TMA', 'CMA', 'Exam']),
  /** Days from the presentation's start to the due date; `?` is unknown. */
  date: z.union([z.literal('?').transform(() => null), z.coerce.number().int()]),
  weight: z.coerce.number(),
});

export type OuladRow = z.infer<typeof ouladRowSchema>;

/** Tutor marked, computer marked, and the final exam, in our words. */
const TYPES: Record<OuladRow['assessment_type'], AssignmentType> = {
  TMA: 'homework',
  CMA: 'quiz',
  Exam: 'exam',
};

/** Presentations are named by the month they start in: B in February, J in October. */
const START_MONTHS: Record<string, { name: string; number: string }> = {
  B: { name: 'February', number: '02' },
  J: { name: 'October', number: '10' },
};

const SOCIAL_SCIENCES = ['AAA', 'BBB', 'GGG'];

const TIME_ZONE = 'Europe/London';

type Presentation = Pick<OuladRow, 'code_module' | 'code_presentation'>;

/** The id of a module presentation as a course, such as AAA-2013J. */
export function ouladCourseId({ code_module, code_presentation }: Presentation): string {
  return `${code_module}-${code_presentation}`;
}

/** A module presentation as a course. */
export function ouladCourse(
  presentation: Presentation,
): Omit<Course, 'assignmentCount' | 'lastAssignmentAt'> {
  const { code_module, code_presentation } = presentation;
  const year = code_presentation.slice(0, 4);
  const month = START_MONTHS[code_presentation.slice(4)];
  return {
    courseId: ouladCourseId(presentation),
    title: `Module ${code_module}, ${month?.name} ${year}`,
    department: SOCIAL_SCIENCES.includes(code_module) ? 'Social Sciences' : 'STEM',
    timeZone: TIME_ZONE,
    startsOn: `${year}-${month?.number}-01`,
  };
}

/** An assessment as an assignment: due at the end of its day, where the presentation is given. */
export function ouladAssignment(row: OuladRow, status: Exclude<AssignmentStatus, 'archived'>): NewAssignment {
  const { startsOn } = ouladCourse(row);
  return {
    courseId: ouladCourseId(row),
    title: `${row.assessment_type} ${row.id_assessment}`,
    description: '',
    type: TYPES[row.assessment_type],
    status,
    points: 100,
    weight: row.weight,
    availableFrom: null,
    dueAt: row.date === null ? null : endOfDay(startsOn, row.date),
    availableUntil: null,
    maxAttempts: null,
  };
}

/** The instant 23:59 of the day `days` after a calendar date, in the zone of the courses. */
function endOfDay(date: string, days: number): string {
  const { year, month, day } = parseDate(date).add({ days });
  return toZoned(new CalendarDateTime(year, month, day, 23, 59), TIME_ZONE)
    .toDate()
    .toISOString();
}
