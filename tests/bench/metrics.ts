import type { Call, CallEnd } from '@/lib/server/dynamodb-call';
import { startEngine } from '@/tests/bench/engine';
import { aNewAssignment } from '@/tests/support/new-assignment';

const CREATES = 400;
const WARM_UP = 100;
const REPLAYS = 20_000;
const FLUSH_EVERY_MS = 10_000;
/** Creates a second of a process, over which the cost of its flushes is spread. */
const CREATES_PER_SECOND = 10;
const GOAL_PERCENT = 1;

const COURSE_ID = 'BENCH-2030';

/**
 * Compares the CPU of recording a create, with all calls to DynamoDB that it makes, with the CPU of the create itself through
 * the product's own handler. The calls of real creates are recorded again and again, because once is too little to measure.
 */
export async function benchMetrics(): Promise<void> {
  const engine = await startEngine();
  Object.assign(process.env, {
    DYNAMODB_ENDPOINT: engine.endpoint,
    AUTH_SECRET: 'a-secret-for-benchmarks-only-0123456789',
    LOG_LEVEL: 'silent',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  });
  try {
    const create = await prepare();
    for (let round = 0; round < WARM_UP; round++) await create();
    const calls = await callsOf(create);
    const createMs = await cpuMs(CREATES, create);
    const recordingMs = await cpuMsOfRecording(calls);
    const flushMs = await cpuMsOfFlush();
    print({ calls: calls.length, createMs, recordingMs, flushMs });
  } finally {
    engine.stop();
  }
}

async function prepare(): Promise<() => Promise<void>> {
  const { createTables } = await import('@/lib/server/tables');
  const { createCourse } = await import('@/lib/server/courses/create-course');
  const { cookieOf } = await import('@/tests/support/session');
  const { POST } = await import('@/app/api/assignments/route');
  const { effectsApplied } = await import('@/lib/server/assignments/apply-effects');
  await createTables();
  await createCourse({
    courseId: COURSE_ID,
    title: 'Benchmark',
    department: 'STEM',
    timeZone: 'Europe/London',
    startsOn: '2030-02-01',
  });
  const { cookie } = await cookieOf('instructor', [COURSE_ID]);
  return async () => {
    const request = new Request('http://127.0.0.1/api/assignments', {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie },
      body: JSON.stringify(aNewAssignment({ courseId: COURSE_ID })),
    });
    const response = await POST(request, { params: Promise.resolve({}) });
    if (response.status !== 201) throw new Error(`Expected 201, got ${response.status}`);
    await effectsApplied();
  };
}

/** The calls to DynamoDB of one create and its counters, as the recorder sees them. */
async function callsOf(create: () => Promise<void>): Promise<{ call: Call; end: CallEnd }[]> {
  const { dynamodb } = await import('@/lib/server/dynamodb');
  const { describeCall } = await import('@/lib/server/dynamodb-call');
  const calls: { call: Call; end: CallEnd }[] = [];
  let isOn = true;
  dynamodb.middlewareStack.add(
    (next, context) => async (args) => {
      const answer = await next(args);
      const call = describeCall(context.commandName, args.input);
      if (isOn) calls.push({ call, end: { durationMs: 5, output: answer.output } });
      return answer;
    },
    { step: 'initialize', priority: 'low', name: 'benchMetrics' },
  );
  await create();
  isOn = false;
  return calls;
}

async function cpuMsOfRecording(calls: { call: Call; end: CallEnd }[]): Promise<number> {
  const { recordCall } = await import('@/lib/server/metrics/record-call');
  const { recordOperation } = await import('@/lib/server/metrics/record-operation');
  const { recorder } = await import('@/lib/server/metrics/record');
  const requestId = 'req_1795000000000_abcdefghi';
  const record = () =>
    recordOperation('create', { requestId }, async () => {
      for (const { call, end } of calls) recordCall(call, end);
    });
  await cpuMs(REPLAYS / 10, record);
  const ms = await cpuMs(REPLAYS, record);
  recorder.tallies.clear();
  return ms;
}

async function cpuMsOfFlush(): Promise<number> {
  const { flushMetrics } = await import('@/lib/server/metrics/flush-metrics');
  const { recordEnd } = await import('@/lib/server/metrics/record');
  const { SERIES } = await import('@/lib/shared/metrics');
  return cpuMs(50, () => {
    for (const series of SERIES) {
      for (let durationMs = 1; durationMs < 200; durationMs *= 1.3) {
        recordEnd(series, { outcome: 'success', durationMs, requestId: `req_${durationMs}` });
      }
    }
    return flushMetrics({ everyMs: FLUSH_EVERY_MS, isEnding: false, requestId: 'req_bench' });
  });
}

/** CPU of this process for one run, in milliseconds. */
async function cpuMs(runs: number, run: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  for (let round = 0; round < runs; round++) await run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000 / runs;
}

type Measured = { calls: number; createMs: number; recordingMs: number; flushMs: number };

function print({ calls, createMs, recordingMs, flushMs }: Measured): void {
  const percent = (ms: number) => (ms / createMs) * 100;
  const flushPerCreateMs = flushMs / ((FLUSH_EVERY_MS / 1000) * CREATES_PER_SECOND);
  const mark = percent(recordingMs) < GOAL_PERCENT ? '✓' : '✗';
  console.log(`create with its counters   ${createMs.toFixed(3)} ms CPU, ${calls} calls to DynamoDB`);
  console.log(`recording all of that      ${(recordingMs * 1000).toFixed(1)} µs CPU`);
  console.log(
    `${mark} recording / create        ${percent(recordingMs).toFixed(2)} % (goal: under ${GOAL_PERCENT} %)`,
  );
  console.log(
    `flush of all eight series  ${flushMs.toFixed(2)} ms CPU every ${FLUSH_EVERY_MS / 1000} s: ` +
      `${((flushMs / FLUSH_EVERY_MS) * 100).toFixed(2)} % of a core, ` +
      `${percent(flushPerCreateMs).toFixed(2)} % of what ${CREATES_PER_SECOND} creates a second take`,
  );
}
