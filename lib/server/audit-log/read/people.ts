import { batchGet } from '@/lib/server/batch-get';
import { createCache } from '@/lib/server/cache';
import { env } from '@/lib/server/env';

type Person = { name: string | null };

const people = createCache<Person>('auditPeople', { max: 10_000, ttlMs: 60_000 });

const KEYS_AT_ONCE = 100;

/** Authors that are nobody's account. */
const NOBODY = new Set(['system', 'anonymous', 'command-line']);

/**
 * The names of people by user ID; who is unknown, or gone, is left out.
 * @throws {AppError} what DynamoDB answered
 */
export async function namesOf(
  userIds: Iterable<string>,
  requestId: string,
): Promise<Record<string, { name: string }>> {
  const ids = [...new Set(userIds)].filter((id) => id !== '' && !NOBODY.has(id));
  const names: Record<string, { name: string }> = {};
  for (let start = 0; start < ids.length; start += KEYS_AT_ONCE) {
    const some = ids.slice(start, start + KEYS_AT_ONCE);
    const loading = loadOnce(some, requestId);
    const found = await Promise.all(
      some.map((id) => people.read(id, async () => ({ name: (await loading()).get(id) ?? null }))),
    );
    for (const [at, { name }] of found.entries()) {
      const id = some[at];
      if (id !== undefined && name !== null) names[id] = { name };
    }
  }
  return names;
}

/** One call for all that are not cached, made when the first of them asks. */
function loadOnce(userIds: string[], requestId: string): () => Promise<Map<string, string>> {
  let loading: Promise<Map<string, string>> | undefined;
  return () => {
    loading ??= load(userIds, requestId);
    return loading;
  };
}

async function load(userIds: string[], requestId: string): Promise<Map<string, string>> {
  const keys = userIds.map((userId) => ({ userId }));
  const users = await batchGet(env.USERS_TABLE, keys, { operation: 'namesOf', requestId });
  return new Map(
    users.flatMap(({ userId, name }) => (typeof name === 'string' ? [[String(userId), name]] : [])),
  );
}
