import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hourLanes } from '@/lib/server/audit-log/audit-event-item';
import {
  DEFAULT_SHARDS,
  readShardPlan,
  shardsAt,
  writeShardPlan,
} from '@/lib/server/audit-log/lanes/shard-plan';
import { listAuditLog } from '@/lib/server/audit-log/read/list-audit-log';
import { planMoreLanes } from '@/lib/server/audit-log/seals/plan-more-lanes';
import { SEALS_LANE } from '@/lib/server/audit-log/seals/seal-item';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { newRequestId } from '@/lib/server/request-id';
import { hourOf, hoursAfter } from '@/lib/shared/audit-hour';
import { auditListQuerySchema } from '@/lib/shared/audit-log';
import type { Seal } from '@/lib/shared/audit-seal';

const requestId = newRequestId();
const now = () => hourOf(new Date().toISOString());

/** A sealed hour that had so many events. */
async function sealed(hour: string, items: number): Promise<void> {
  const counts = { events: items, failures: 0, items, segments: 0, actions: {}, codes: {} };
  const none = { ...counts, events: 0, items: 0 };
  const seal: Seal = {
    ...{ version: 1, hour, root: '', leaves: items, late: 0, counts, lateCounts: none, previous: null },
    ...{ sealedAt: `${hour}:20:00.000Z`, keyId: '', signature: '' },
  };
  const Item = { lane: SEALS_LANE, eventKey: hour, seal, intoHours: {} };
  await documentClient.send(new PutCommand({ TableName: env.AUDIT_TABLE, Item }));
}

const plannedEvents = async () =>
  (await listAuditLog(auditListQuerySchema.parse({ action: 'PLAN_SHARDS' }), requestId)).items;

describe('lanes of the hours to come', () => {
  beforeEach(async () => {
    await writeShardPlan({ firstHour: hoursAfter(now(), -48), steps: [] }, requestId);
  });
  afterEach(() => sealed(hoursAfter(now(), -3), 0));

  it('stay as they are where the busiest hour had room', async () => {
    await sealed(hoursAfter(now(), -3), DEFAULT_SHARDS * 700_000);

    await planMoreLanes(hoursAfter(now(), -1), requestId);

    expect((await readShardPlan(requestId)).steps).toEqual([]);
    expect(await plannedEvents()).toEqual([]);
  });

  it('are doubled two hours ahead after a crowded hour, once, by the system', async () => {
    await sealed(hoursAfter(now(), -3), DEFAULT_SHARDS * 700_000 + 1);

    const before = now();
    await planMoreLanes(hoursAfter(before, -1), requestId);
    await planMoreLanes(hoursAfter(before, -1), newRequestId());

    const plan = await readShardPlan(requestId);
    expect(plan.steps).toEqual([{ from: hoursAfter(before, 2), shards: DEFAULT_SHARDS * 2 }]);
    expect(shardsAt(plan, hoursAfter(before, 1))).toBe(DEFAULT_SHARDS);
    expect(hourLanes(hoursAfter(before, 2), plan)).toHaveLength(DEFAULT_SHARDS * 2);
    expect(await plannedEvents()).toHaveLength(1);
  });
});
