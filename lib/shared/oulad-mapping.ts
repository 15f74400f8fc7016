import type { Mapping } from '@/lib/shared/batch-mapping';

/** The name under which people meet the template. */
export const OULAD_TEMPLATE = 'OULAD assessments';

/** The columns of the assessments file of OULAD, by which it is recognised. */
export const OULAD_COLUMNS = [
  'code_module',
  'code_presentation',
  'id_assessment',
  'assessment_type',
  'date',
  'weight',
] as const;

const from = (...columns: string[]) => ({ columns, separator: ' ', dates: 'auto' as const });

/** Makes of a row of the assessments file what `ouladAssignment` makes of it, published. */
export const OULAD_MAPPING: Mapping = {
  fields: {
    courseId: { ...from('code_module', 'code_presentation'), separator: '-' },
    title: from('assessment_type', 'id_assessment'),
    type: { ...from('assessment_type'), values: { TMA: 'homework', CMA: 'quiz', Exam: 'exam' } },
    dueAt: { ...from('date'), dates: 'daysFromStart' },
    weight: from('weight'),
    points: { ...from(), constant: '100' },
    status: { ...from(), constant: 'published' },
  },
  emptyValues: ['?'],
};
