import { type SummaryItem, toSummary } from '@/lib/server/audit-log/read/summary-item';
import { hourOf } from '@/lib/shared/audit-hour';
import type { HourCounts } from '@/lib/shared/audit-seal';

/** Who did how much of what an hour's seal is over, by month and ID. */
export type ActorTally = {
  actorId: string;
  month: string;
  role: string;
  events: number;
  /** Stored items: what reading it costs. A segment is one, whatever its rows. */
  items: number;
};

export type Counted = {
  counts: HourCounts;
  lateCounts: HourCounts;
  /** Into which hours late arrivals fell. */
  intoHours: Record<string, number>;
  actors: Map<string, ActorTally>;
};

export function nothingCounted(): Counted {
  return { counts: noCounts(), lateCounts: noCounts(), intoHours: {}, actors: new Map() };
}

function noCounts(): HourCounts {
  return { events: 0, failures: 0, items: 0, segments: 0, actions: {}, codes: {} };
}

/** Adds a stored item to the counts of the hour whose seal is over it. */
export function countItem(counted: Counted, stored: Record<string, unknown>): void {
  const item = toSummary(stored);
  if (!item) return;
  if (stored.lateHour === undefined) {
    addTo(counted.counts, item);
  } else {
    addTo(counted.lateCounts, item);
    const hour = hourOf(item.time);
    counted.intoHours[hour] = (counted.intoHours[hour] ?? 0) + 1;
  }
  addActor(counted.actors, item);
}

function addTo(counts: HourCounts, item: SummaryItem): void {
  const events = item.kind === 'segment' ? item.events : 1;
  counts.items += 1;
  counts.events += events;
  counts.actions[item.action] = (counts.actions[item.action] ?? 0) + events;
  if (item.kind === 'segment') {
    counts.segments += 1;
  } else if (item.outcome === 'failure') {
    counts.failures += 1;
    if (item.code) counts.codes[item.code] = (counts.codes[item.code] ?? 0) + 1;
  }
}

function addActor(actors: Counted['actors'], item: SummaryItem): void {
  const { id: actorId, role } = item.actor;
  const month = (item.kind === 'segment' ? item.ingestedAt : item.time).slice(0, 7);
  const name = `${month}#${actorId}`;
  const tally = actors.get(name) ?? { actorId, month, role, events: 0, items: 0 };
  tally.events += item.kind === 'segment' ? item.events : 1;
  tally.items += 1;
  actors.set(name, tally);
}
