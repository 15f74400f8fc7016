import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { withRetry } from '@/lib/server/retry';
import { jitterMs, retryDelayMs } from '@/lib/server/retry-delay/fixed';
import type { ErrorCode } from '@/lib/shared/app-error';

const named = (name: string) => Object.assign(new Error(name), { name });
const context = { operation: 'test', requestId: 'req_1', maxRetries: 3 };

describe('retryDelayMs', () => {
  it.each<[ErrorCode, number[]]>([
    ['THROTTLING', [1000, 2000, 4000, 5000, 5000]],
    ['SYSTEM_ERROR', [1000, 2000, 3000, 4000, 5000, 5000]],
    ['CONDITIONAL_FAILED', [0, 0, 0, 0]],
  ])('waits before each retry of %s: %j ms', (code, delays) => {
    expect(delays.map((_, index) => retryDelayMs(code, index + 1))).toEqual(delays);
  });
});

describe('jitterMs', () => {
  it('adds at most a fifth on top of a delay', () => {
    expect(jitterMs(1000, 1, () => 0)).toBe(0);
    expect(jitterMs(1000, 1, () => 0.999999)).toBe(200);
  });

  it('spreads contenders, whose delay is zero, further with each retry', () => {
    expect([1, 2, 3].map((retry) => jitterMs(0, retry, () => 1))).toEqual([50, 100, 150]);
  });
});

describe('withRetry', () => {
  beforeEach(() => {
    vi.useFakeTimers();
    vi.spyOn(Math, 'random').mockReturnValue(0);
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.restoreAllMocks();
  });

  async function startsOf(attempt: () => Promise<unknown>) {
    const startedAt = Date.now();
    const starts: number[] = [];
    const result = withRetry(() => {
      starts.push(Date.now() - startedAt);
      return attempt();
    }, context).catch((error: unknown) => error);
    await vi.runAllTimersAsync();
    return { starts, result: await result };
  }

  it('returns the result of the first attempt that succeeds', async () => {
    const attempt = vi.fn().mockRejectedValueOnce(named('ThrottlingException')).mockResolvedValue('written');

    expect(await startsOf(attempt)).toEqual({ starts: [0, 1000], result: 'written' });
  });

  it('attempts four times, at 0, 1, 3 and 7 seconds, before it throws THROTTLING', async () => {
    const { starts, result } = await startsOf(() => Promise.reject(named('ThrottlingException')));

    expect(starts).toEqual([0, 1000, 3000, 7000]);
    expect(result).toMatchObject({ code: 'THROTTLING', errorClass: 'transient' });
  });

  it('waits linearly for a failing network', async () => {
    const { starts } = await startsOf(() => Promise.reject(named('TimeoutError')));

    expect(starts).toEqual([0, 1000, 3000, 6000]);
  });

  it('sends again at once, and more often, while another transaction holds the item', async () => {
    const { starts, result } = await startsOf(() => Promise.reject(named('TransactionConflictException')));

    expect(starts).toEqual(Array.from({ length: 13 }, () => 0));
    expect(result).toMatchObject({ code: 'CONDITIONAL_FAILED', errorClass: 'transient' });
  });

  it.each([
    'AccessDeniedException',
    'ResourceNotFoundException',
    'ValidationException',
    'ConditionalCheckFailedException',
  ])('never retries %s', async (name) => {
    const { starts } = await startsOf(() => Promise.reject(named(name)));

    expect(starts).toEqual([0]);
  });

  it('stops at an error that the caller calls final', async () => {
    const attempt = vi.fn().mockRejectedValue(named('ThrottlingException'));

    await expect(withRetry(attempt, { ...context, isFinal: () => true })).rejects.toMatchObject({
      code: 'THROTTLING',
    });
    expect(attempt).toHaveBeenCalledTimes(1);
  });
});
