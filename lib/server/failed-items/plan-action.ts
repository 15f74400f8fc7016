import { whyNotEligible } from '@/lib/server/failed-items/eligibility';
import type { PayloadPatch } from '@/lib/server/failed-items/item-action';
import { blockedByBatch } from '@/lib/server/failed-items/plan/blocked-by-batch';
import { previewPatch } from '@/lib/server/failed-items/plan/preview-patch';
import { type Selection, selectedItems } from '@/lib/server/failed-items/plan/selected-items';
import { retrySafety } from '@/lib/server/failed-items/retry-safety';
import { type ActionPlan, CANARY, type FailedItemAction, MOST_AT_ONCE } from '@/lib/shared/failed-item';

/** A plan looks at no more items than this; beyond it the counts are those of a part. */
const MOST_PLANNED = 20_000;

/** Items of which a preview of a patch shows what would change. */
const PREVIEWED = 25;

/**
 * About what one item costs, in write units: a change is the item with its indexes and its audit event in one transaction; a
 * retry is also the claim before it, the assignment with its indexes and event, the counters, and the count of its batch.
 */
const WRITE_UNITS: Record<FailedItemAction, number> = { retry: 32, discard: 14, snooze: 12, restore: 14 };

const MISSING = 'There is no such item';

/** About how long one item of a few takes, which go beside each other. */
const SECONDS_AT_ONCE = 0.1;

type Planning = {
  action: FailedItemAction;
  patch?: PayloadPatch | undefined;
  itemsPerSecond: number;
  /** The instant of the request, ISO. */
  asOf: string;
  requestId: string;
};

/**
 * What an action on these items would do at this moment; does nothing.
 * @throws {AppError} what DynamoDB answered
 */
export async function planAction(selection: Selection, planning: Planning): Promise<ActionPlan> {
  const { action, patch, itemsPerSecond, requestId } = planning;
  const { matching, eligible, reasons, first, isComplete } = await judgeAll(selection, planning);
  return {
    matching,
    eligible,
    notEligible: [...reasons]
      .map(([reason, count]) => ({ reason, count }))
      .sort((one, other) => other.count - one.count),
    writeUnits: eligible * WRITE_UNITS[action],
    seconds: matching > MOST_AT_ONCE ? matching / itemsPerSecond : eligible * SECONDS_AT_ONCE,
    canaryItems: action === 'retry' && matching > CANARY.above ? CANARY.items : 0,
    isComplete,
    safety: await retrySafety(requestId),
    preview: patch ? await previewPatch(first, patch, requestId) : [],
  };
}

type Judged = {
  matching: number;
  eligible: number;
  reasons: Map<string, number>;
  /** The first few that are eligible. */
  first: string[];
  isComplete: boolean;
};

async function judgeAll(selection: Selection, { action, asOf, requestId }: Planning): Promise<Judged> {
  const blockedOf = blockedByBatch(action, requestId);
  const judged: Judged = { matching: 0, eligible: 0, reasons: new Map(), first: [], isComplete: true };
  for await (const { items, missing } of selectedItems(selection, { asOf, requestId })) {
    const blocked = await blockedOf(items);
    for (const item of items)
      note(judged, item.id, blocked.get(item.id) ?? whyNotEligible(item, action, asOf));
    if (missing > 0) judged.reasons.set(MISSING, (judged.reasons.get(MISSING) ?? 0) + missing);
    judged.matching += items.length + missing;
    if (judged.matching >= MOST_PLANNED) return { ...judged, isComplete: false };
  }
  return judged;
}

function note(judged: Judged, id: string, reason: string | null): void {
  if (reason !== null) {
    judged.reasons.set(reason, (judged.reasons.get(reason) ?? 0) + 1);
    return;
  }
  judged.eligible += 1;
  if (judged.first.length < PREVIEWED) judged.first.push(id);
}
