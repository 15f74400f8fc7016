import { benchCreate } from '@/tests/bench/create';

const BENCHMARKS: Record<string, () => Promise<void>> = { create: benchCreate };

const [name = ''] = process.argv.slice(2);
const benchmark = BENCHMARKS[name];
if (!benchmark) {
  console.error(`Say which benchmark to run: npm run bench -- ${Object.keys(BENCHMARKS).join(' | ')}`);
  process.exit(1);
}
await benchmark();
process.exit(0);
