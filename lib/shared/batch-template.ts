import { ASSIGNMENT_TYPES } from '@/lib/shared/assignment';
import { MAPPED_FIELDS, type MappedField } from '@/lib/shared/batch-mapping';
import { BYTE_ORDER_MARK, csvLine } from '@/lib/shared/csv-line';

const ALLOWED = [
  'Replace this example.',
  `type: ${ASSIGNMENT_TYPES.join(', ')}.`,
  'status: draft, published.',
  'points: 0 to 100,000; weight: 0 to 100.',
  'Dates: 2030-03-01, 2030-03-01 23:59 (in the time of the course) or 2030-03-01T23:59:00Z.',
  'maxAttempts: 1 to 1,000, or empty for any number.',
  'assignmentId: empty, or an ID of your own.',
  'Only courseId, title and type are required.',
];

const EXAMPLE: Record<MappedField, string> = {
  courseId: 'AAA-2013J',
  title: 'Essay on tides',
  description: ALLOWED.join(' '),
  type: 'homework',
  status: 'draft',
  points: '100',
  weight: '10',
  availableFrom: '2030-02-01',
  dueAt: '2030-03-01 23:59',
  availableUntil: '2030-03-08',
  maxAttempts: '',
  assignmentId: '',
};

/** A file to fill in: our own columns, and one example row whose description tells the allowed values. */
export function batchTemplate(format: 'csv' | 'json'): string {
  if (format === 'json') return `${JSON.stringify([EXAMPLE], null, 2)}\n`;
  const example = MAPPED_FIELDS.map((field) => EXAMPLE[field]);
  return BYTE_ORDER_MARK + csvLine(MAPPED_FIELDS) + csvLine(example);
}
