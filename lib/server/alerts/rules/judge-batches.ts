import { readRunningBatches } from '@/lib/server/alerts/responses/read-running-batches';
import type { Judgement } from '@/lib/shared/objective';

const RULE = {
  ...{ ruleId: 'batches-held-up', title: 'Batches held up', severity: 'ticket' as const, series: null },
  ...{ isKnown: true, pendingMs: 60_000, resolveMs: 30_000 },
};

/** How many batches are named. */
const NAMED = 3;

/**
 * Whether running batches have a problem that keeps them from going on.
 * @throws what DynamoDB answered
 */
export async function judgeBatches(requestId: string): Promise<Judgement[]> {
  const held = (await readRunningBatches(requestId)).filter(({ problem }) => problem !== null);
  const evidence = held.slice(0, NAMED).map(({ fileName, batchId, problem }) => ({
    label: fileName || batchId,
    value: `${problem?.code} since ${problem?.since}`,
  }));
  const sentence =
    held.length === 0
      ? 'No batch is held up.'
      : `${held.length === 1 ? 'One running batch does' : `${held.length} running batches do`} not go on.`;
  return [{ ...RULE, isBad: held.length > 0, sentence, evidence }];
}
