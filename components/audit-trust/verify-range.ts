import type { VerifyRange } from '@/lib/client/verify-trail';
import type { AuditFilter } from '@/lib/shared/audit-log';

export const VERIFY_RANGES = ['day', 'week', 'filter', 'all'] as const;

export type VerifyChoice = (typeof VERIFY_RANGES)[number];

export const RANGE_LABELS = {
  day: 'The last 24 hours',
  week: 'The last 7 days',
  filter: 'The time of the filter',
  all: 'The whole trail',
} satisfies Record<VerifyChoice, string>;

const HOUR_MS = 60 * 60 * 1000;

/** The instants that a choice stands for at this moment. */
export function rangeOf(choice: VerifyChoice, { from, to }: AuditFilter, nowMs: number): VerifyRange {
  const hoursAgo = (hours: number) => new Date(nowMs - hours * HOUR_MS).toISOString();
  if (choice === 'day') return { from: hoursAgo(24), to: null };
  if (choice === 'week') return { from: hoursAgo(7 * 24), to: null };
  if (choice === 'filter') return { from: from ?? null, to: to ?? null };
  return { from: null, to: null };
}
