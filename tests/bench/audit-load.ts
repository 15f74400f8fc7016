import { generateKeyPairSync } from 'node:crypto';
import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { toAuditItem } from '@/lib/server/audit-log/audit-event-item';
import { writeShardPlan } from '@/lib/server/audit-log/lanes/shard-plan';
import { sealHours } from '@/lib/server/audit-log/seals/seal-hours';
import { batchWrite } from '@/lib/server/batch-write';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { newRequestId } from '@/lib/server/request-id';
import { createTables } from '@/lib/server/tables';
import { hourOf, hoursAfter } from '@/lib/shared/audit-hour';
import { LOAD_DAYS, type Load, loadEvent } from '@/tests/load/audit-events';
import { loadSegments } from '@/tests/load/audit-rows';

/** Calls of 25 items in flight. */
const IN_FLIGHT = 6;

const ROWS_OF_BATCH = 100_000;

const requestId = newRequestId();

export type Loaded = {
  eventsPerSecond: number;
  sealedHours: number;
  sealSeconds: number;
  /** What the segments of the batch of 100,000 rows cost, for each; null where the engine does not say. */
  segments: { count: number; bytes: number; units: number | null };
};

/** Writes a trail, a batch of 100,000 rows into its last day, and seals all its hours. */
export async function loadTrail(load: Load): Promise<Loaded> {
  await createTables();
  const plan = { firstHour: hoursAfter(hourOf(load.endsAt), -LOAD_DAYS * 24), steps: [] };
  await writeShardPlan(plan, requestId);
  const began = performance.now();
  let next = 0;
  const write = async () => {
    while (next < load.events) {
      const from = next;
      next = Math.min(from + 250, load.events);
      const items = Array.from({ length: next - from }, (_, at) => loadEvent(from + at, load));
      const requests = items.map((event) => ({ PutRequest: { Item: toAuditItem(event, plan, event.time) } }));
      await batchWrite(env.AUDIT_TABLE, requests, { operation: 'bench', requestId });
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, write));
  const eventsPerSecond = load.events / ((performance.now() - began) / 1000);
  const segments = await writeSegments(load);
  env.AUDIT_SIGNING_KEY = newKey();
  const sealing = performance.now();
  const sealedHours = await sealHours(requestId);
  return { eventsPerSecond, sealedHours, sealSeconds: (performance.now() - sealing) / 1000, segments };
}

async function writeSegments({ endsAt }: Load): Promise<Loaded['segments']> {
  const begunAt = new Date(Date.parse(endsAt) - 20 * 60 * 60 * 1000).toISOString();
  const sums = { count: 0, bytes: 0, units: 0 };
  for await (const Item of loadSegments(ROWS_OF_BATCH, begunAt)) {
    // As the product writes them: in a transaction, which costs the units of the item twice.
    const command = new TransactWriteCommand({
      TransactItems: [{ Put: { TableName: env.AUDIT_TABLE, Item } }],
      ReturnConsumedCapacity: 'TOTAL',
    });
    const { ConsumedCapacity: [consumed] = [] } = await documentClient.send(command);
    sums.count += 1;
    sums.bytes += Item.packed.byteLength;
    sums.units += consumed?.CapacityUnits ?? 0;
  }
  const { count } = sums;
  return { count, bytes: sums.bytes / count, units: sums.units === 0 ? null : sums.units / count };
}

const newKey = () =>
  generateKeyPairSync('ed25519').privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64');
