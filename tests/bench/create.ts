import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { startProduct } from '@/tests/bench/product';
import { quantile } from '@/tests/bench/quantile';
import { aNewAssignment } from '@/tests/support/new-assignment';

const WARM_UP = 200;
const ROUNDS = 1000;
const LIMIT = 1.7;

const COURSE_ID = 'BENCH-2030';
const PASSWORD = 'assignment-desk-bench';

const detailsSchema = z.object({
  data: z.object({ caches: z.record(z.string(), z.object({ hitRate: z.number() })) }),
});

/**
 * Compares creating an assignment over HTTP with what it cannot do without: an empty route and a bare conditional put
 * of the same item. The three take turns within one run, so that a noisy machine disturbs all of them alike.
 */
export async function benchCreate(): Promise<void> {
  const product = await startProduct();
  try {
    await prepare();
    const cookie = await signIn(product.url, 'instructor@example.edu');
    const samples = await measure(product.url, cookie);
    print(samples);
    await printHitRates(product.url);
  } finally {
    product.stop();
  }
}

async function prepare() {
  const { createTables } = await import('@/lib/server/tables');
  const { createCourse } = await import('@/lib/server/courses/create-course');
  const { createUser } = await import('@/lib/server/auth/create-user');
  await createTables();
  await createCourse({
    courseId: COURSE_ID,
    title: 'Benchmark',
    department: 'STEM',
    timeZone: 'Europe/London',
    startsOn: '2030-02-01',
  });
  const person = { password: PASSWORD, department: 'STEM', courseIds: [COURSE_ID] };
  await createUser({ ...person, email: 'instructor@example.edu', name: 'Bench', role: 'instructor' });
  await createUser({ ...person, email: 'ops@example.edu', name: 'Ops', role: 'ops', courseIds: [] });
}

async function signIn(url: string, email: string): Promise<string> {
  const response = await fetch(`${url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password: PASSWORD }),
  });
  if (!response.ok) throw new Error(`Sign-in answered ${response.status}: ${await response.text()}`);
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
}

async function measure(url: string, cookie: string) {
  const { bareConditionalPut } = await import('@/tests/bench/bare-put');
  const steps = {
    emptyRoute: () => answered(fetch(`${url}/api/health`, { headers: { cookie } }), 200),
    barePut: () => bareConditionalPut(COURSE_ID),
    create: () =>
      answered(
        fetch(`${url}/api/assignments`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', cookie, 'idempotency-key': randomUUID() },
          body: JSON.stringify(aNewAssignment({ courseId: COURSE_ID })),
        }),
        201,
      ),
  };
  const samples: Record<keyof typeof steps, number[]> = { emptyRoute: [], barePut: [], create: [] };
  for (let round = 0; round < WARM_UP + ROUNDS; round++) {
    for (const name of ['emptyRoute', 'barePut', 'create'] as const) {
      const startedAt = performance.now();
      await steps[name]();
      if (round >= WARM_UP) samples[name].push(performance.now() - startedAt);
    }
  }
  return samples;
}

async function answered(request: Promise<Response>, status: number): Promise<void> {
  const response = await request;
  const body = await response.text();
  if (response.status !== status) throw new Error(`Expected ${status}, got ${response.status}: ${body}`);
}

function print(samples: Awaited<ReturnType<typeof measure>>) {
  console.log(`create over HTTP, ${ROUNDS} rounds, interleaved (ms)`);
  for (const [name, values] of Object.entries(samples)) {
    const [p50, p95, p99] = [0.5, 0.95, 0.99].map((q) => quantile(values, q).toFixed(2));
    console.log(`  ${name.padEnd(12)} p50 ${p50}   p95 ${p95}   p99 ${p99}`);
  }
  const floor = quantile(samples.emptyRoute, 0.5) + quantile(samples.barePut, 0.5);
  const ratio = quantile(samples.create, 0.5) / floor;
  console.log(`  p50 create / (empty route + bare put) = ${ratio.toFixed(2)} (goal: at most ${LIMIT})`);
}

async function printHitRates(url: string) {
  const cookie = await signIn(url, 'ops@example.edu');
  const response = await fetch(`${url}/api/health/details`, { headers: { cookie } });
  const { data } = detailsSchema.parse(await response.json());
  for (const [name, { hitRate }] of Object.entries(data.caches)) {
    console.log(`  cache ${name}: hit rate ${(hitRate * 100).toFixed(1)} %`);
  }
}
