import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { afterEach } from 'vitest';
import { dynamodb } from '@/lib/server/dynamodb';

type Call = { command: string; tables: string[] };
type Next = () => Promise<unknown>;
type Fault = (call: Call, next: Next) => Promise<unknown>;

let faults: Fault[] = [];
let calls: Call[] = [];

// The client keeps its middleware after the first call, so one middleware is put in early and asks for faults each time.
dynamodb.middlewareStack.add(
  (next, context) => (args) => {
    const text = JSON.stringify(args.input);
    const tables = [...text.matchAll(/"TableName":"([^"]+)"/g)].map(([, name]) => name ?? '');
    const call = { command: (context.commandName ?? '').replace(/Command$/, ''), tables };
    calls.push(call);
    // biome-ignore lint/suspicious/noExplicitAny: the SDK types a middleware's answer by the command, which differs per call.
    const run = faults.reduce<Next>(
      (inner, fault) => () => fault(call, inner),
      () => next(args),
    ) as () => Promise<any>;
    return run();
  },
  { step: 'initialize', priority: 'low', name: 'faults' },
);

afterEach(() => {
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
