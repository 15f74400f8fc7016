import { expect, it } from 'vitest';
import { env } from '@/lib/server/env';
import { outcomesOf } from '@/lib/server/retry-delay/learned';
import { knowledgeOf, noteOutcome } from '@/lib/server/retry-delay/retry-knowledge';
import { shareNow } from '@/lib/server/retry-delay/share-knowledge';
import { failCalls, loseAnswers } from '@/tests/support/faults';
import { inNewProcess } from '@/tests/support/new-process';

const UPDATE = { command: 'UpdateItem', table: env.METRICS_TABLE };

/** Outcomes of this table that a process knows which has just started. */
const knownElsewhere = (table: string) =>
  inNewProcess(async () => {
    const [sharing, learned, retries] = await Promise.all([
      import('@/lib/server/retry-delay/share-knowledge'),
      import('@/lib/server/retry-delay/learned'),
      import('@/lib/server/retry-delay/retry-knowledge'),
    ]);
    await sharing.shareNow();
    const known = retries.knowledge.get(`${table} Throttled`);
    return known ? Math.round(learned.outcomesOf(known.model)) : 0;
  });

function seeThree(table: string) {
  const known = knowledgeOf(table, 'Throttled');
  if (!known) throw new Error('No room for another table');
  for (const isSuccess of [true, true, false]) noteOutcome(known, 200, isSuccess);
  return known;
}

it('tells other processes what retries have led to', async () => {
  seeThree('told');

  await shareNow();

  expect(await knownElsewhere('told')).toBe(3);
});

it('counts an outcome once when the answer of the store is lost', async () => {
  const known = seeThree('lost');
  loseAnswers({ ...UPDATE, times: 1 });

  await shareNow();
  await shareNow();

  expect(await knownElsewhere('lost')).toBe(3);
  expect(Math.round(outcomesOf(known.model))).toBe(3);
});

it('goes on alone while the store is down, and tells it all afterwards', async () => {
  const known = seeThree('down');
  const recover = failCalls('TimeoutError', UPDATE);
  await shareNow();
  noteOutcome(known, 400, true);
  recover();

  await shareNow();
  await shareNow();

  expect(await knownElsewhere('down')).toBe(4);
});
