import { LRUCache } from 'lru-cache';
import { processState } from '@/lib/server/process-state';

type CacheCounts = { hits: number; misses: number };

const countsByName = processState('cacheCounts', () => new Map<string, CacheCounts>());

/**
 * The cache of this name in this process: holds up to `max` answers of `load` for `ttlMs`. Concurrent readers of one
 * key share one load; a failed load is not kept. Short lifetimes are what keeps many processes in agreement.
 */
export function createCache<Value extends NonNullable<unknown>>(
  name: string,
  size: { max: number; ttlMs: number },
) {
  return processState(`cache:${name}`, () => newCache<Value>(name, size));
}

function newCache<Value extends NonNullable<unknown>>(
  name: string,
  { max, ttlMs }: { max: number; ttlMs: number },
) {
  const cache = new LRUCache<string, Promise<Value>>({ max, ttl: ttlMs });
  const counts: CacheCounts = { hits: 0, misses: 0 };
  countsByName.set(name, counts);

  return {
    read(key: string, load: () => Promise<Value>): Promise<Value> {
      const cached = cache.get(key);
      counts[cached ? 'hits' : 'misses'] += 1;
      if (cached) return cached;
      const loading = load();
      cache.set(key, loading);
      loading.catch(() => {
        if (cache.peek(key) === loading) cache.delete(key);
      });
      return loading;
    },
    forget: (key: string) => cache.delete(key),
    /** Forgets every answer of which this is true, also those that are still loading. */
    async forgetWhere(isStale: (value: Value) => boolean): Promise<void> {
      const forgetStale = async ([key, loading]: [string, Promise<Value>]) => {
        const value = await loading.catch(() => undefined);
        if (value !== undefined && isStale(value) && cache.peek(key) === loading) cache.delete(key);
      };
      await Promise.all([...cache].map(forgetStale));
    },
    clear: () => cache.clear(),
  };
}

/** Hits, misses and hit rate (0 to 1) of each cache of this process since its start. */
export function cacheStatistics() {
  return Object.fromEntries(
    [...countsByName].map(([name, { hits, misses }]) => [
      name,
      { hits, misses, hitRate: hits + misses === 0 ? 0 : hits / (hits + misses) },
    ]),
  );
}
