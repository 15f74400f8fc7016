import type { DateNotation, MappedField } from '@/lib/shared/batch-mapping';

export const NOTATION_LABELS: Record<DateNotation, string> = {
  auto: '2026-10-31 or 31.10.2026',
  dayMonthYear: '31/10/2026 (day first)',
  monthDayYear: '10/31/2026 (month first)',
  daysFromStart: 'Days from the start of the course',
};

/** What a field becomes where nothing gives it. */
export const DEFAULT_TEXTS: Partial<Record<MappedField, string>> = {
  description: 'Empty',
  status: 'Draft',
  points: '0',
  weight: '0 %',
  availableFrom: 'Always',
  dueAt: 'None',
  availableUntil: 'For ever',
  maxAttempts: 'Any number',
  assignmentId: 'A new one',
};
