import { classifyError } from '@/lib/server/classify-error';
import { editRead } from '@/lib/server/failed-items/edit-item';
import { whyNotEligible } from '@/lib/server/failed-items/eligibility';
import type { FailedItemItem } from '@/lib/server/failed-items/failed-item';
import { keyOfId } from '@/lib/server/failed-items/failed-item-key';
import { noteGroups } from '@/lib/server/failed-items/groups/note-groups';
import type { Asking, ItemAction } from '@/lib/server/failed-items/item-action';
import { readItems } from '@/lib/server/failed-items/read-items';
import { retryItem } from '@/lib/server/failed-items/retry/retry-item';
import { noteWrites } from '@/lib/server/failed-items/retry-safety';
import { blockedRows } from '@/lib/server/failed-items/row-context';
import { setAside } from '@/lib/server/failed-items/set-aside';
import { settleInBackground } from '@/lib/server/failed-items/settle/settle-items';
import { ERRORS } from '@/lib/shared/app-error';
import type { ItemOutcome } from '@/lib/shared/failed-item';

/**
 * Does the same to each of a few failed items, beside each other. Each is acted on at most once: what is not eligible, or
 * in the hands of somebody else, is skipped with the reason. As part of a batch it may be called again after a crash, and
 * then answers what it has done already.
 * @param ids at most a few dozen
 * @returns one outcome per item that was reached; the others come again, where `mayGoOn` ended the work
 * @throws {AppError} where the items could not be read; as part of a batch also where one could not be changed, for a
 *   reason that does not lie in it: the batch then waits
 */
export async function actOnItems(ids: string[], action: ItemAction, asking: Asking): Promise<ItemOutcome[]> {
  const items = await readItems(ids.flatMap(knownKey), asking.requestId);
  const blocked = await blockedRows([...items.values()], action.action, asking.requestId);
  const endings = await Promise.allSettled(
    ids.map((id) => actOnOne(id, { item: items.get(id), blocked: blocked.get(id), action, asking })),
  );
  const reached = endings.flatMap((ending) =>
    ending.status === 'fulfilled' && ending.value ? [ending.value] : [],
  );
  await note(action, reached);
  await noteGroups([...items.values()], asking.requestId);
  const changed = reached.filter(({ outcome }) => outcome !== 'skipped').map(({ id }) => id);
  settleInBackground(changed, asking.requestId);
  const broken = endings.find((ending) => ending.status === 'rejected');
  if (broken) throw broken.reason;
  return reached;
}

function knownKey(id: string) {
  try {
    return [keyOfId(id)];
  } catch {
    return [];
  }
}

type One = {
  item: FailedItemItem | undefined;
  blocked: string | undefined;
  action: ItemAction;
  asking: Asking;
};

/** Undefined where it was not reached. */
async function actOnOne(id: string, one: One): Promise<ItemOutcome | undefined> {
  const { item, blocked, action, asking } = one;
  if (!item) return skipped(id, 'There is no such item');
  const done = doneByThisBatch(item, action, asking);
  if (done) return done;
  if (asking.mayGoOn && !asking.mayGoOn()) return undefined;
  const reason = blocked ?? whyNot(item, action, asking);
  if (reason) return skipped(id, reason);
  return act(item, action, asking).catch((thrown) => refusedOutcome(id, thrown, asking));
}

/** A batch waits where the refusal does not lie in the item. */
function refusedOutcome(id: string, thrown: unknown, { bulkId }: Asking): ItemOutcome {
  const { code, message } = classifyError(thrown);
  const isOfItem = code === 'VALIDATION_ERROR' || code === 'CONDITIONAL_FAILED';
  if (bulkId !== null && !isOfItem) throw thrown;
  return { id, outcome: 'failed', message, code, assignmentId: null };
}

async function act(item: FailedItemItem, action: ItemAction, asking: Asking): Promise<ItemOutcome> {
  if (action.action !== 'retry') return setAside(item, action, asking);
  const edited = action.patch ? await editRead(item, action.patch, asking) : item;
  return retryItem(edited, asking);
}

/** An item that this very batch left in the hands of a process is taken over: its chunk has changed hands. */
function whyNot(item: FailedItemItem, { action }: ItemAction, { asOf, bulkId }: Asking): string | null {
  const isAbandoned =
    item.state === 'retrying' &&
    ((bulkId !== null && item.lastBulkId === bulkId) || (item.leasedUntil ?? '') < new Date().toISOString());
  return whyNotEligible(isAbandoned ? { ...item, state: 'unknown' } : item, action, asOf);
}

/** What a batch has done to an item already, before the process that did it vanished. */
function doneByThisBatch(
  item: FailedItemItem,
  { action }: ItemAction,
  { bulkId }: Asking,
): ItemOutcome | undefined {
  if (bulkId === null || item.lastBulkId !== bulkId || item.state === 'retrying') return undefined;
  const { id, assignmentId } = item;
  if (action !== 'retry') {
    return { id, outcome: 'succeeded', message: 'Done', code: null, assignmentId };
  }
  const attempt = item.attempts.findLast((candidate) => candidate.bulkId === bulkId);
  if (!attempt || attempt.outcome === 'interrupted') return undefined;
  const { outcome, message, code } = attempt;
  return { id, outcome: outcome === 'failed' ? 'failed' : 'succeeded', message, code, assignmentId };
}

function skipped(id: string, message: string): ItemOutcome {
  return { id, outcome: 'skipped', message, code: null, assignmentId: null };
}

async function note({ action }: ItemAction, outcomes: ItemOutcome[]): Promise<void> {
  if (action !== 'retry') return;
  const failed = outcomes.flatMap(({ outcome, code }) =>
    outcome === 'failed' && code !== null ? [{ code, class: classOf(code) }] : [],
  );
  const succeeded = outcomes.filter(({ outcome }) => outcome === 'succeeded').length;
  await noteWrites({ failed, succeeded });
}

function classOf(code: string): string {
  return Object.entries(ERRORS).find(([known]) => known === code)?.[1].class ?? 'system';
}
