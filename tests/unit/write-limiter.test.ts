import { describe, expect, it } from 'vitest';
import { createLimiter } from '@/lib/server/batches/write-limiter';

/** A database that takes `capacity` calls at a time, each for `callMs`; the clock is ours. */
function aDatabase({ capacity, callMs }: { capacity: number; callMs: number }) {
  let nowMs = 0;
  let inFlight = 0;
  let most = 0;
  const answers: { atMs: number; answer: () => void }[] = [];
  let freeAtMs = Array.from({ length: capacity }, () => 0);
  const call = () => {
    inFlight++;
    most = Math.max(most, inFlight);
    const [first = 0, ...rest] = freeAtMs.sort((a, b) => a - b);
    const atMs = Math.max(first, nowMs) + callMs;
    freeAtMs = [...rest, atMs];
    return new Promise<void>((answer) => answers.push({ atMs, answer }));
  };
  /** Lets time pass to the next answer. */
  const step = async () => {
    answers.sort((a, b) => a.atMs - b.atMs);
    const next = answers.shift();
    if (!next) return false;
    nowMs = Math.max(nowMs, next.atMs);
    inFlight--;
    next.answer();
    await settled();
    return true;
  };
  return { now: () => nowMs, call, step, most: () => most };
}

/** Lets everything that waits only for other promises go on. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

async function runCalls(count: number, database: ReturnType<typeof aDatabase>, isThrottled = false) {
  const limiter = createLimiter(database.now);
  const running = Array.from({ length: count }, () =>
    limiter.run(async () => {
      await database.call();
      return { result: undefined, isThrottled };
    }),
  );
  let isOver = false;
  const over = Promise.all(running).then(() => {
    isOver = true;
  });
  await settled();
  while (await database.step());
  await over;
  expect(isOver).toBe(true);
  return limiter;
}

describe('the limiter of writes', () => {
  it('grows to the calls that a database takes in parallel', async () => {
    const limiter = await runCalls(2000, aDatabase({ capacity: 100, callMs: 10 }));

    expect(limiter.limit()).toBe(32);
  });

  it('keeps a short queue at a database that takes one call at a time', async () => {
    const database = aDatabase({ capacity: 1, callMs: 10 });

    await runCalls(1000, database);

    expect(database.most()).toBeLessThanOrEqual(6);
  });

  it('goes down to one call at a time while everything is refused', async () => {
    const limiter = await runCalls(400, aDatabase({ capacity: 4, callMs: 100 }), true);

    expect(limiter.limit()).toBe(1);
  });

  it('lets the next call in when one fails', async () => {
    const limiter = createLimiter();
    const failing = Array.from({ length: 10 }, () =>
      limiter.run(() => Promise.reject(new Error('no answer'))).catch(() => 'failed'),
    );

    expect(await Promise.all(failing)).toEqual(Array(10).fill('failed'));
  });

  it('runs calls in the order of asking', async () => {
    const limiter = createLimiter();
    const order: number[] = [];
    const calls = Array.from({ length: 30 }, (_, at) =>
      limiter.run(async () => {
        order.push(at);
        return { result: at, isThrottled: false };
      }),
    );

    await Promise.all(calls);

    expect(order).toEqual(Array.from({ length: 30 }, (_, at) => at));
  });
});
