import { batchGet } from '@/lib/server/batch-get';
import { META, toBatchItem } from '@/lib/server/batches/batch-item';
import { env } from '@/lib/server/env';
import { deedsOf } from '@/lib/server/rollbacks/deeds-of';
import { batchFacts } from '@/lib/server/rollbacks/plan-batch';
import { type Deeds, planTarget, type TargetPlan } from '@/lib/server/rollbacks/plan-target';
import { readTarget } from '@/lib/server/rollbacks/read-target';
import { type Deed, walkDeeds } from '@/lib/server/rollbacks/walk-deeds';
import { type ActorPlan, type BatchFacts, CANNOT } from '@/lib/shared/rollback';

/** How many assignments a plan looks at; the rollback itself has no such end. */
const MOST_PLANNED = 2000;

const PLANNED_AT_ONCE = 25;

/** BatchGetItem takes at most 100 keys. */
const MOST_BATCHES = 100;

/** Events that change nothing which a rollback could set back. */
const NOTHING_TO_UNDO: Record<string, string> = {
  failed_item: 'Actions on failed items: there is nothing to undo',
  invariant: 'Repairs: there is nothing to undo',
};

/**
 * What taking back everything that a person did between two instants would do, counted, and what it cannot undo and why.
 * Imports are named with their own undo.
 * @throws {AppError} NOT_FOUND for an unknown person, or what DynamoDB answered
 */
export async function planActor(
  input: { actor: string; from: string; to: string },
  requestId: string,
): Promise<ActorPlan> {
  const { person, deeds } = await deedsOf(input, requestId);
  const found = await sortDeeds(deeds, requestId);
  const looked = [...found.assignmentIds].slice(0, MOST_PLANNED);
  const plans = await planAll(looked, deeds, requestId);
  const steps = countBy(plans, (plan) => plan.step);
  const imports = await readImports([...found.batchIds], requestId);
  return {
    kind: 'actor',
    person,
    from: deeds.from,
    to: deeds.to,
    assignments: looked.length,
    batches: imports,
    batchCount: imports.length,
    will: [...steps].map(([step, count]) => ({ step, count })),
    cannot: [
      ...[...countBy(plans, reasonOf)].map(([reason, count]) => ({ reason, count })),
      ...[...countBy(found.others, (kind) => NOTHING_TO_UNDO[kind] ?? null)].map(([reason, count]) => ({
        reason,
        count,
      })),
    ],
    blocked: steps.size === 0 ? 'There is nothing to take back' : null,
    isComplete: looked.length === found.assignmentIds.size,
    asOf: new Date().toISOString(),
  };
}

type Sorted = { assignmentIds: Set<string>; batchIds: Set<string>; others: string[] };

async function sortDeeds(deeds: Deeds, requestId: string): Promise<Sorted> {
  const sorted: Sorted = { assignmentIds: new Set(), batchIds: new Set(), others: [] };
  for await (const events of walkDeeds(deeds, requestId)) {
    for (const deed of events) sortDeed(deed, sorted);
  }
  return sorted;
}

function sortDeed({ resource }: Deed, { assignmentIds, batchIds, others }: Sorted): void {
  const { kind, assignmentId, batchId } = resource;
  if (kind === 'assignment' && assignmentId) assignmentIds.add(assignmentId);
  else if (kind === 'batch' && batchId) batchIds.add(batchId);
  else others.push(kind);
}

async function planAll(assignmentIds: string[], deeds: Deeds, requestId: string): Promise<TargetPlan[]> {
  const plans: TargetPlan[] = [];
  for (let at = 0; at < assignmentIds.length; at += PLANNED_AT_ONCE) {
    const slice = assignmentIds.slice(at, at + PLANNED_AT_ONCE);
    const targets = await Promise.all(slice.map((id) => readTarget(id, deeds.from, requestId)));
    plans.push(...targets.map((target) => planTarget(target, deeds)));
  }
  return plans;
}

const reasonOf = (plan: TargetPlan): string | null => (plan.step === null ? CANNOT[plan.reason] : null);

/** How often each key comes up, most frequent first; null is not counted. */
function countBy<Item, Key>(items: Item[], keyOf: (item: Item) => Key | null): Map<Key, number> {
  const counts = new Map<Key, number>();
  for (const item of items) {
    const key = keyOf(item);
    if (key !== null) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return new Map([...counts].sort(([, a], [, b]) => b - a));
}

async function readImports(batchIds: string[], requestId: string): Promise<BatchFacts[]> {
  const keys = batchIds.slice(0, MOST_BATCHES).map((batchId) => ({ batchId, part: META }));
  const items = await batchGet(env.BATCHES_TABLE, keys, { operation: 'planActor', requestId });
  return items
    .map(toBatchItem)
    .filter(({ kind }) => kind === 'import')
    .sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1))
    .map(batchFacts);
}
