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
