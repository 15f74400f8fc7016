import { MAPPED_FIELDS, type MappedField } from '@/lib/shared/batch-mapping';

/** The names of the fields of an assignment, wherever one is shown: form, error summary, history, columns of a file. */
export const FIELD_LABELS = {
  courseId: 'Course',
  title: 'Title',
  description: 'Description',
  type: 'Type',
  status: 'Status',
  points: 'Points',
  weight: 'Weight',
  availableFrom: 'Available from',
  dueAt: 'Due',
  availableUntil: 'Available until',
  maxAttempts: 'Attempts',
} as const;

export type FieldName = keyof typeof FIELD_LABELS;

/** Whether this is a field of an assignment. */
export function isFieldName(name: string): name is FieldName {
  return name in FIELD_LABELS;
}

/** The names of what a column can become. */
export const MAPPED_FIELD_LABELS: Record<MappedField, string> = {
  ...FIELD_LABELS,
  assignmentId: 'Assignment ID',
};

/** The name of a field that an error is about; errors of rows know fields of the API by their own names. */
export function fieldLabel(name: string): string {
  const field = MAPPED_FIELDS.find((candidate) => candidate === name);
  return field ? MAPPED_FIELD_LABELS[field] : name;
}
