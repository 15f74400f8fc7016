import { createTables, TABLES } from '@/lib/server/tables';

const created = await createTables();
for (const { name } of TABLES) console.log(`${created.includes(name) ? 'created' : 'exists '}  ${name}`);
