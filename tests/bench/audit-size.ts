import { exportTrail } from '@/tests/bench/audit-export';
import { loadTrail } from '@/tests/bench/audit-load';
import { readPages } from '@/tests/bench/audit-pages';

// One part of `npm run bench -- audit` on the tables that the environment names, in a process of its own; prints JSON.
const [part, events, endsAt = ''] = process.argv.slice(2);
const load = { events: Number(events), endsAt };
const result = await { load: () => loadTrail(load), pages: () => readPages(load), export: exportTrail }[
  part === 'load' || part === 'pages' ? part : 'export'
]();
process.stdout.write(JSON.stringify(result));
process.exit(0);
