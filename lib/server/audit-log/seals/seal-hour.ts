import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { addActorCounts } from '@/lib/server/audit-log/seals/actor-counts';
import { countItem, nothingCounted } from '@/lib/server/audit-log/seals/count-hour';
import { HOUR_START, type HourPlace, hourItems, itemId } from '@/lib/server/audit-log/seals/hour-items';
import { readSeals, SEALS_LANE } from '@/lib/server/audit-log/seals/seal-item';
import { writeSealedList } from '@/lib/server/audit-log/seals/sealed-list';
import type { signingKey } from '@/lib/server/audit-log/seals/signing-key';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { writeIf } from '@/lib/server/write-if';
import { canonicalRecord, type Seal, type SealedItem, sealStatement } from '@/lib/shared/audit-seal';
import { leafHash, merkleRoot, textHash } from '@/lib/shared/merkle';
import { listRootOf } from '@/lib/shared/verify-seals';

type Sealing = {
  hour: string;
  /** The seal of the hour before; null for the first one of the trail. */
  previous: Seal | null;
  key: NonNullable<ReturnType<typeof signingKey>>;
  requestId: string;
};

/**
 * Seals an hour that takes no more events: reads what lies there, keeps the list of it, and signs its Merkle root together
 * with the seal before. Whoever is killed in between leaves nothing that another attempt does not write again; of two who
 * do it at once one writes the seal, and both get that one.
 * @throws {AppError} what DynamoDB answered
 */
export async function sealHour({ hour, previous, key, requestId }: Sealing): Promise<Seal> {
  const { list, counted } = await readHour(hour, requestId);
  const root = await merkleRoot(list.map(({ leaf }) => leaf));
  const listRoot = await listRootOf(list);
  await writeSealedList({ hour, root, listRoot }, list, requestId);
  await addActorCounts(hour, counted.actors.values(), requestId);
  const { counts, lateCounts, intoHours } = counted;
  const statement = {
    ...{ version: 1 as const, hour, root, listRoot },
    ...{ leaves: list.length, late: lateCounts.items, counts, lateCounts },
    previous: previous && (await textHash(sealStatement(previous))),
    sealedAt: new Date().toISOString(),
    keyId: key.keyId,
  };
  const seal: Seal = { ...statement, signature: key.sign(sealStatement({ ...statement, signature: '' })) };
  return put(seal, intoHours, requestId);
}

async function readHour(hour: string, requestId: string) {
  const counted = nothingCounted();
  const list: SealedItem[] = [];
  let at: HourPlace | undefined = HOUR_START;
  while (at) {
    const page: Awaited<ReturnType<typeof hourItems>> = await hourItems(hour, at, requestId);
    for (const item of page.items) countItem(counted, item);
    list.push(...(await Promise.all(page.items.map(toSealed))));
    at = page.next;
  }
  return { list: list.sort((a, b) => (a.id < b.id ? -1 : 1)), counted };
}

async function toSealed(item: Record<string, unknown>): Promise<SealedItem> {
  return { id: itemId(item), leaf: await leafHash(canonicalRecord(item)), ttl: Number(item.ttl) };
}

async function put(seal: Seal, intoHours: Record<string, number>, requestId: string): Promise<Seal> {
  const command = new PutCommand({
    TableName: env.AUDIT_TABLE,
    Item: { lane: SEALS_LANE, eventKey: seal.hour, seal, intoHours },
    ConditionExpression: 'attribute_not_exists(lane)',
  });
  if (await writeIf(() => documentClient.send(command), { operation: 'sealHour', requestId })) return seal;
  const [stored] = await readSeals(seal.hour, seal.hour, requestId);
  return stored ?? seal;
}
