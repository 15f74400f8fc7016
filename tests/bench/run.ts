import { benchAudit } from '@/tests/bench/audit';
import { benchBatches } from '@/tests/bench/batches';
import { benchCreate } from '@/tests/bench/create';
import { benchMetrics } from '@/tests/bench/metrics';
import { benchThrottled } from '@/tests/bench/throttled';

const BENCHMARKS: Record<string, (args: string[]) => Promise<void>> = {
  audit: benchAudit,
  batches: benchBatches,
  create: benchCreate,
  metrics: benchMetrics,
  throttled: benchThrottled,
};

const [name = '', ...args] = process.argv.slice(2);
const benchmark = BENCHMARKS[name];
if (!benchmark) {
  console.error(`Say which benchmark to run: npm run bench -- ${Object.keys(BENCHMARKS).join(' | ')}`);
  process.exit(1);
}
await benchmark(args);
process.exit(0);
