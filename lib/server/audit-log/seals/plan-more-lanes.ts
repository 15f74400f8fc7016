import {
  forgetShardPlan,
  MOST_SHARDS,
  planWrite,
  readShardPlan,
  shardsAt,
} from '@/lib/server/audit-log/lanes/shard-plan';
import { readSeals } from '@/lib/server/audit-log/seals/seal-item';
import { settingEvent } from '@/lib/server/audit-log/setting-event';
import { writeWithEvent } from '@/lib/server/audit-log/write-with-event';
import { SYSTEM } from '@/lib/shared/audit-event';
import { hourOf, hoursAfter } from '@/lib/shared/audit-hour';

/** A partition takes 1,000 write units a second: 3.6 million in an hour. Hours are uneven within, so a fifth is much. */
const ITEMS_PER_LANE = 700_000;

/** Other processes know the plan after a minute; hours ahead nobody writes yet. */
const HOURS_AHEAD = 2;

/**
 * Doubles the lanes of the hours to come where the busiest hour of the last day would fill them too well; plan and event are
 * one write.
 * @throws {AppError} what DynamoDB answered
 */
export async function planMoreLanes(newestHour: string, requestId: string): Promise<void> {
  const seals = await readSeals(hoursAfter(newestHour, -23), newestHour, requestId);
  const busiest = Math.max(0, ...seals.map(({ counts }) => counts.items - counts.segments));
  const plan = await readShardPlan(requestId);
  const from = hoursAfter(hourOf(new Date().toISOString()), HOURS_AHEAD);
  const before = shardsAt(plan, from);
  if (busiest <= before * ITEMS_PER_LANE || before >= MOST_SHARDS) return;
  const shards = Math.min(before * 2, MOST_SHARDS);
  const reason = `The busiest hour of the last day had ${busiest} events`;
  const changes = { lanes: { before, after: shards }, from: { after: from } };
  const time = new Date().toISOString();
  const event = { action: 'PLAN_SHARDS', name: 'audit-lanes', changes, reason, author: SYSTEM } as const;
  const write = planWrite({ ...plan, steps: [...plan.steps, { from, shards }] }, plan);
  await writeWithEvent({
    ...{ writes: [write], event: settingEvent({ ...event, requestId, time }) },
    ...{ operation: 'planMoreLanes', requestId },
  });
  forgetShardPlan();
}
