import type { AuditEvent } from '@/lib/shared/audit-event';
import type { AuditFilter } from '@/lib/shared/audit-log';
import { type Load, loadEvent } from '@/tests/load/audit-events';

const HALF_DAY_MS = 12 * 60 * 60 * 1000;

const near = ({ time }: AuditEvent, ms: number) => new Date(Date.parse(time) + ms).toISOString();

/** Each filter of the trail, as an event would be looked for by it; undefined where it does not fit that event. */
const FILTERS: Record<string, (event: AuditEvent) => AuditFilter | undefined> = {
  actor: ({ actor }) => ({ actor: actor.id }),
  action: ({ action }) => ({ action: [action] }),
  resource: ({ resource }) => resourceOf(resource),
  requestId: ({ requestId }) => ({ requestId }),
  code: (event) => ('code' in event && event.code ? { code: event.code } : undefined),
  outcome: ({ outcome }) => ({ outcome }),
  batchId: (event) => batchOf(event),
  time: (event) => ({ from: near(event, -HALF_DAY_MS), to: near(event, HALF_DAY_MS) }),
};

export type Combination = { name: string; filterFor: (at: number, load: Load) => AuditFilter };

/** No filter, every single one and every pair; `filterFor` makes as many of each as are asked for, always the same ones. */
export function filterCombinations(): Combination[] {
  const names = Object.keys(FILTERS);
  const pairs = names.flatMap((first, at) => names.slice(at + 1).map((second) => [first, second]));
  return [[], ...names.map((name) => [name]), ...pairs].map((combined) => ({
    name: combined.join(' + ') || 'none',
    filterFor: (at, load) => combine(combined, at, load),
  }));
}

/** Where no event fits all of them, each is taken from another event: then nothing, or little, is found. */
const MOST_TRIES = 3000;

function combine(names: string[], at: number, load: Load): AuditFilter {
  const start = at * 7919;
  for (let tried = 0; tried < MOST_TRIES; tried++) {
    const event = loadEvent((start + tried) % load.events, load);
    const parts = names.map((name) => FILTERS[name]?.(event));
    if (parts.every((part) => part !== undefined)) return Object.assign({}, ...parts);
  }
  return Object.assign({}, ...names.map((name) => combine([name], at + 1, load)));
}

function resourceOf(resource: AuditEvent['resource']): AuditFilter | undefined {
  if (resource.kind === 'assignment') return { resource: `assignment:${resource.assignmentId}` };
  if (resource.kind === 'failed_item') return { resource: `failed_item:${resource.id}` };
  return resource.kind === 'batch' ? { resource: `batch:${resource.batchId}` } : undefined;
}

function batchOf(event: AuditEvent): AuditFilter | undefined {
  if (event.resource.kind === 'batch') return { batchId: event.resource.batchId };
  return 'bulkId' in event && event.bulkId !== null ? { batchId: event.bulkId } : undefined;
}
