import { describe, expect, it } from 'vitest';
import { rateBudget } from '@/lib/server/batches/bulk/rate-budget';
import { newRequestId } from '@/lib/server/request-id';
import { batchPart } from '@/tests/support/batch-calls';
import { aReadyBatch, batchOf } from '@/tests/support/batches';

async function aBudget(itemsPerSecond: number) {
  const { batchId } = await aReadyBatch({ chunks: [1] });
  const batch = { ...(await batchOf(batchId)), settings: { itemsPerSecond } };
  return { batchId, open: () => rateBudget(batch, newRequestId()) };
}

/** Lets a turn be taken without waiting for it. */
function once(): () => boolean {
  let isFirst = true;
  return () => {
    const answer = isFirst;
    isFirst = false;
    return answer;
  };
}

describe('the rate of a bulk batch', () => {
  it('is kept by all processes together: turns follow each other', async () => {
    const { batchId, open } = await aBudget(10);
    const processes = [open(), open(), open()];
    const beganAt = Date.now();

    await Promise.all(
      processes.flatMap((budget) => Array.from({ length: 4 }, () => budget.takeTurn(100, once()))),
    );

    // Twelve turns of ten seconds each.
    expect(Number((await batchPart(batchId, 'BUDGET'))?.nextAt) - beganAt).toBeGreaterThanOrEqual(120_000);
  });

  it('lets nobody begin before the turn before has ended', async () => {
    const { open } = await aBudget(2);
    const budget = open();
    const beganAt = Date.now();

    await budget.takeTurn(2, () => true);
    await budget.takeTurn(2, () => true);

    expect(Date.now() - beganAt).toBeGreaterThanOrEqual(1000);
  });

  it('does not keep a batch waiting that may not go on', async () => {
    const { open } = await aBudget(1);
    const budget = open();
    await budget.takeTurn(1000, () => true);

    expect(await budget.takeTurn(1, once())).toBe(false);
  });

  it('takes no more at once than go in a second', async () => {
    expect((await aBudget(3)).open().targetsAtOnce).toBe(3);
    expect((await aBudget(1000)).open().targetsAtOnce).toBe(25);
  });
});
