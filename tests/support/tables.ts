import { randomUUID } from 'node:crypto';

// Every test file works on tables of its own, so that files run in parallel and never see each other's data.
const prefix = `test-${randomUUID().slice(0, 8)}`;
for (const name of [
  'ASSIGNMENTS',
  'COURSES',
  'USERS',
  'AUDIT',
  'SESSIONS',
  'BATCHES',
  'FAILED_ITEMS',
  'CONSISTENCY',
  'METRICS',
]) {
  process.env[`${name}_TABLE`] = `${prefix}-${name.toLowerCase()}`;
}

// The environment is read on import, so the tables' module comes after the names are set.
const { createTables } = await import('@/lib/server/tables');
await createTables();
