import { randomUUID } from 'node:crypto';
import { QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { classifyError } from '@/lib/server/classify-error';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { log } from '@/lib/server/log';
import { processState } from '@/lib/server/process-state';
import { newRequestId } from '@/lib/server/request-id';
import { type Model, newModel, outcomesOf } from '@/lib/server/retry-delay/learned';
import { addModel, mergeSlots, SLOT_MS, type Slot, toSlot } from '@/lib/server/retry-delay/model-slots';
import { type Knowledge, knowledge, knowledgeOf } from '@/lib/server/retry-delay/retry-knowledge';
import { isConditionFailed } from '@/lib/server/stored-item';

const LANE = 'RETRY_MODEL';
const SHARE_EVERY_MS = 10_000;

/** Outcomes on their way to the store: sent again unchanged until it is known that they have arrived. */
type Telling = { sequence: number; slotMs: number; model: Model };

const state = processState('retrySharing', () => ({
  instance: randomUUID().slice(0, 8),
  sequence: 0,
  timer: undefined as NodeJS.Timeout | undefined,
  hasRead: false,
  telling: new Map<Knowledge, Telling>(),
}));

/** Tells the other processes before long what this one has learned, and learns from them. Costs nothing under other policies. */
export function shareKnowledge(): void {
  if (env.RETRY_POLICY !== 'learned' || state.timer) return;
  const waitMs = state.hasRead ? SHARE_EVERY_MS : 0;
  state.timer = setTimeout(async () => {
    await shareNow();
    state.timer = undefined;
  }, waitMs).unref();
}

/** Stores the outcomes of this process and reads those of all. Never throws: without its store the model goes on alone. */
export async function shareNow(): Promise<void> {
  try {
    for (const known of [...knowledge.values()]) await tell(known);
    await readAll();
    state.hasRead = true;
  } catch (thrown) {
    const { code, message } = classifyError(thrown);
    const requestId = newRequestId();
    log.warn('retry model not shared, going on alone', { requestId, operation: LANE, code, reason: message });
  }
}

async function tell(known: Knowledge): Promise<void> {
  const telling = state.telling.get(known) ?? nextTelling(known);
  if (!telling) return;
  try {
    await documentClient.send(new UpdateCommand(addition(known, telling)));
  } catch (thrown) {
    // Refused: it had arrived already, and only the answer was lost.
    if (!isConditionFailed(thrown)) throw thrown;
  }
  state.telling.delete(known);
}

function nextTelling(known: Knowledge): Telling | undefined {
  if (outcomesOf(known.untold) === 0) return undefined;
  state.sequence += 1;
  const slotMs = Math.floor(Date.now() / SLOT_MS) * SLOT_MS;
  const telling = { sequence: state.sequence, slotMs, model: known.untold };
  known.untold = newModel();
  state.telling.set(known, telling);
  return telling;
}

/** Counts only grow, and each process marks what it has added: repeated additions change nothing. */
function addition({ table, reason }: Knowledge, { sequence, slotMs, model }: Telling) {
  const counts = model.flatMap(({ succeeded, refused }, position) => [
    ...(succeeded > 0 ? [{ name: `s${position}`, count: succeeded }] : []),
    ...(refused > 0 ? [{ name: `f${position}`, count: refused }] : []),
  ]);
  return {
    TableName: env.METRICS_TABLE,
    Key: { lane: LANE, itemKey: `${new Date(slotMs).toISOString()}#${table}#${reason}` },
    UpdateExpression: `SET #mark = :sequence, #table = :table, #reason = :reason, #ttl = :ttl ADD ${counts
      .map(({ name }) => `${name} :${name}`)
      .join(', ')}`,
    ConditionExpression: 'attribute_not_exists(#mark) OR #mark < :sequence',
    ExpressionAttributeNames: {
      '#mark': `by_${state.instance}`,
      '#table': 'table',
      '#reason': 'reason',
      '#ttl': 'ttl',
    },
    ExpressionAttributeValues: {
      ':sequence': sequence,
      ':table': table,
      ':reason': reason,
      ':ttl': Math.ceil((slotMs + 86_400_000) / 1000),
      ...Object.fromEntries(counts.map(({ name, count }) => [`:${name}`, count])),
    },
  };
}

async function readAll(): Promise<void> {
  const now = Date.now();
  const command = new QueryCommand({
    TableName: env.METRICS_TABLE,
    KeyConditionExpression: 'lane = :lane AND itemKey > :from',
    ExpressionAttributeValues: { ':lane': LANE, ':from': new Date(now - 18 * SLOT_MS).toISOString() },
  });
  const { Items = [] } = await documentClient.send(command);
  const slots = Items.map(toSlot);
  for (const { table, reason } of slots) knowledgeOf(table, reason);
  for (const known of knowledge.values()) known.model = withOwn(known, slots, now);
}

/** What the store says of one table and reason, and what this process has not told yet. */
function withOwn(known: Knowledge, slots: Slot[], now: number): Model {
  const isSame = ({ table, reason }: Slot) => table === known.table && reason === known.reason;
  const own = [known.untold, state.telling.get(known)?.model ?? newModel()];
  return own.reduce(addModel, mergeSlots(slots.filter(isSame), now));
}
