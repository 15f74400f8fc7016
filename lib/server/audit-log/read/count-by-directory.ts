import type { Directory } from '@/lib/server/audit-log/read/directory';
import type { ReadPlan } from '@/lib/server/audit-log/read/plan-read';
import { nothingExpiredSince } from '@/lib/server/audit-log/retention';
import { hourOf, hourStart, hoursBetween } from '@/lib/shared/audit-hour';
import type { AuditFilter } from '@/lib/shared/audit-log';
import type { HourCounts } from '@/lib/shared/audit-seal';

type Conditions = Omit<AuditFilter, 'from' | 'to'>;

/**
 * How many events of an hour match, by the directory alone; undefined where a filter is not counted ahead: actors, things,
 * requests, batches, and more than one of action, code and outcome.
 */
export function countInHour(counts: HourCounts, filter: Conditions): number | undefined {
  const { action, code, outcome } = filter;
  if (filter.actor ?? filter.resource ?? filter.requestId ?? filter.batchId) return undefined;
  const given = [action, code, outcome].filter((part) => part !== undefined).length;
  if (given > 1) return undefined;
  if (action) return action.reduce((sum, name) => sum + (counts.actions[name] ?? 0), 0);
  if (code !== undefined) return counts.codes[code] ?? 0;
  if (outcome === 'failure') return counts.failures;
  return outcome === 'success' ? counts.events - counts.failures : counts.events;
}

/** Whether the directory says all about an hour: it is sealed, nothing came late into it and nothing is past its time. */
export function isCounted({ counts, late }: Directory, hour: string): boolean {
  return counts.has(hour) && !late.has(hour) && hourStart(hour) > nothingExpiredSince();
}

/** How many events match, by the sealed hours alone; exact where the time consists of such hours, whole. */
export function countByDirectory(
  { from, to, directory }: Pick<ReadPlan, 'from' | 'to' | 'directory'>,
  filter: Conditions,
): { count: number; isExact: boolean } {
  const hours = hoursBetween(hourOf(from), hourOf(to));
  let count = 0;
  let isExact = from === hourStart(hourOf(from)) && to.endsWith(':59:59.999Z');
  for (const hour of hours) {
    const counts = directory.counts.get(hour);
    const inHour = counts && countInHour(counts, filter);
    count += inHour ?? 0;
    isExact &&= inHour !== undefined && isCounted(directory, hour);
  }
  return { count, isExact };
}
