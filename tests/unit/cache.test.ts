import { describe, expect, it, vi } from 'vitest';
import { cacheStatistics, createCache } from '@/lib/server/cache';

const aCache = (name: string) => createCache<string>(name, { max: 10, ttlMs: 60_000 });

describe('a cache', () => {
  it('loads once for readers at the same moment and afterwards, and counts hits and misses', async () => {
    const cache = aCache('shared');
    const load = vi.fn(async () => 'value');

    const values = await Promise.all([
      cache.read('key', load),
      cache.read('key', load),
      cache.read('key', load),
    ]);
    await cache.read('key', load);

    expect(values).toEqual(['value', 'value', 'value']);
    expect(load).toHaveBeenCalledTimes(1);
    expect(cacheStatistics().shared).toEqual({ hits: 3, misses: 1, hitRate: 0.75 });
  });

  it('does not keep a failure', async () => {
    const cache = aCache('failing');
    const load = vi.fn().mockRejectedValueOnce(new Error('down')).mockResolvedValue('value');

    await expect(cache.read('key', load)).rejects.toThrow('down');

    expect(await cache.read('key', load)).toBe('value');
  });

  it('loads again after it was told to forget', async () => {
    const cache = aCache('forgetful');
    const load = vi.fn(async () => 'value');
    await cache.read('key', load);

    cache.forget('key');
    await cache.read('key', load);

    expect(load).toHaveBeenCalledTimes(2);
  });

  it('is one per process, however often its module is loaded', async () => {
    await aCache('one').read('key', async () => 'first');

    expect(await aCache('one').read('key', async () => 'second')).toBe('first');
  });
});
