import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { afterEach } from 'vitest';
import { effectsApplied } from '@/lib/server/assignments/apply-effects';
import { dynamodb } from '@/lib/server/dynamodb';

type Call = { command: string; tables: string[] };
type Fault = <Answer>(call: Call, next: () => Promise<Answer>) => Promise<Answer>;

let faults: Fault[] = [];
let calls: Call[] = [];

// One middleware, put in before the first call, asks for the faults of the running test each time.
dynamodb.middlewareStack.add(
  (next, context) => (args) => {
    const text = JSON.stringify(args.input);
    const tables = [...text.matchAll(/"TableName":"([^"]+)"/g)].map(([, name]) => name ?? '');
    const call = { command: (context.commandName ?? '').replace(/Command$/, ''), tables };
    calls.push(call);
    const run = faults.reduce<() => ReturnType<typeof next>>(
      (inner, fault) => () => fault(call, inner),
      () => next(args),
    );
    return run();
  },
  { step: 'initialize', priority: 'low', name: 'faults' },
);

afterEach(async () => {
  // What a test left to the background belongs to that test.
  await effectsApplied();
  faults = [];
  calls = [];
});

type Where = { command?: string; table?: string; times?: number };

const matches = ({ command, table }: Where, call: Call) =>
  (command === undefined || call.command === command) && (table === undefined || call.tables.includes(table));

/** An error as the SDK throws it, by its name. */
export function awsError(name: string, message = name): Error {
  return Object.assign(new Error(message), { name });
}

/** A canceled transaction whose items failed for these reasons, in the order of the items. */
export function canceled(...codes: string[]): Error {
  return new TransactionCanceledException({
    message: `Transaction cancelled [${codes.join(', ')}]`,
    $metadata: {},
    CancellationReasons: codes.map((Code) => ({ Code })),
  });
}

/** The next `times` matching calls (default: all) fail before they reach the engine. Returns how to end it. */
export function failCalls(error: Error | string, where: Where = {}): () => void {
  let left = where.times ?? Number.POSITIVE_INFINITY;
  return add((call, next) => {
    if (!matches(where, call) || left <= 0) return next();
    left--;
    return Promise.reject(typeof error === 'string' ? awsError(error) : error);
  });
}

/** The next `times` matching calls (default: 1) are carried out, but their answers are lost. */
export function loseAnswers(where: Where = {}): () => void {
  let left = where.times ?? 1;
  return add(async (call, next) => {
    const isLost = matches(where, call) && left-- > 0;
    const answer = await next();
    if (isLost) throw awsError('TimeoutError', 'socket hang up');
    return answer;
  });
}

/** A share of the matching calls fails, chosen by `random`; for storms of conflicts. */
export function failSome(
  error: () => Error,
  share: number,
  where: Where = {},
  random = Math.random,
): () => void {
  return add((call, next) => (matches(where, call) && random() < share ? Promise.reject(error()) : next()));
}

/** The calls made since the test began. */
export function recordedCalls(): Call[] {
  return calls;
}

function add(fault: Fault): () => void {
  faults.push(fault);
  return () => {
    faults = faults.filter((other) => other !== fault);
  };
}
