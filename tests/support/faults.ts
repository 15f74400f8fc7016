import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { afterEach } from 'vitest';
import * as z from 'zod';
import { effectsApplied } from '@/lib/server/assignments/apply-effects';
import { breakers } from '@/lib/server/breakers/breakers';
import { dynamodb } from '@/lib/server/dynamodb';
import { itemsSettled } from '@/lib/server/failed-items/settle/settle-items';

type Call = { command: string; tables: string[]; input: object };
type Fault = <Answer extends { output: object }>(call: Call, next: () => Promise<Answer>) => Promise<Answer>;

let faults: Fault[] = [];
let calls: Call[] = [];

// One middleware, put in before the first call, asks for the faults of the running test each time.
dynamodb.middlewareStack.add(
  (next, context) => (args) => {
    const text = JSON.stringify(args.input);
    const named = [...text.matchAll(/"TableName":"([^"]+)"/g)].map(([, name]) => name ?? '');
    const requested = 'RequestItems' in args.input ? Object.keys(args.input.RequestItems ?? {}) : [];
    const command = (context.commandName ?? '').replace(/Command$/, '');
    const call = { command, tables: [...named, ...requested], input: args.input };
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
  await itemsSettled();
  await effectsApplied();
  faults = [];
  calls = [];
  breakers.gates.clear();
});

const requestsSchema = z.object({ RequestItems: z.record(z.string(), z.array(z.unknown())) });

/** `includes` is a text that the request must contain. */
type Where = { command?: string; table?: string; includes?: string; times?: number };

const matches = ({ command, table, includes }: Where, call: Call) =>
  (command === undefined || call.command === command) &&
  (table === undefined || call.tables.includes(table)) &&
  (includes === undefined || JSON.stringify(call.input).includes(includes));

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

/**
 * BatchWriteItem calls on a table, the next `times` of them or all, leave the items that contain one of these texts
 * unprocessed. Where that is all of a call, it is refused as a whole, as DynamoDB does.
 */
export function leaveUnprocessed(texts: string[], { table, times }: { table: string; times?: number }) {
  let left = times ?? Number.POSITIVE_INFINITY;
  return add(async (call, next) => {
    if (call.command !== 'BatchWriteItem' || !call.tables.includes(table) || left <= 0) return next();
    left--;
    const { RequestItems } = requestsSchema.parse(call.input);
    const requests = RequestItems[table] ?? [];
    const refused = requests.filter((request) =>
      texts.some((text) => JSON.stringify(request).includes(text)),
    );
    if (refused.length === requests.length) throw awsError('ProvisionedThroughputExceededException');
    const accepted = requests.filter((request) => !refused.includes(request));
    Object.assign(call.input, { RequestItems: { ...RequestItems, [table]: accepted } });
    const answer = await next();
    if (refused.length > 0) Object.assign(answer.output, { UnprocessedItems: { [table]: refused } });
    return answer;
  });
}

/** Something happens before the next matching call reaches the engine, once. */
export function beforeCall(run: () => Promise<unknown>, where: Where = {}): () => void {
  let isOver = false;
  return add(async (call, next) => {
    if (isOver || !matches(where, call)) return next();
    isOver = true;
    await run();
    return next();
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

/** A share of the matching calls is carried out, but their answers are lost. */
export function loseSome(share: number, where: Where = {}, random = Math.random): () => void {
  return add(async (call, next) => {
    const answer = await next();
    if (matches(where, call) && random() < share) throw awsError('TimeoutError', 'socket hang up');
    return answer;
  });
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

/** Counts matching calls until it is told to stop. */
export function countCalls(where: Where = {}): { calls: () => number; stop: () => void } {
  let calls = 0;
  const stop = add((call, next) => {
    if (matches(where, call)) calls += 1;
    return next();
  });
  return { calls: () => calls, stop };
}
