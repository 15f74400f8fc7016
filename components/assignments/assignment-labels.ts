import type { Tone } from '@/components/ui/tone';
import type { AssignmentStatus, AssignmentType } from '@/lib/shared/assignment';

export const TYPE_LABELS: Record<AssignmentType, string> = {
  homework: 'Homework',
  quiz: 'Quiz',
  exam: 'Exam',
  project: 'Project',
  discussion: 'Discussion',
  lab: 'Lab',
};

export const STATUS_LABELS: Record<AssignmentStatus, string> = {
  draft: 'Draft',
  published: 'Published',
  archived: 'Archived',
};

export const STATUS_TONES: Record<AssignmentStatus, Tone> = {
  draft: 'warning',
  published: 'success',
  archived: 'neutral',
};

/** The names of the fields, wherever one is shown: form, error summary, detail page, history. */
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
