import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import * as z from 'zod';
import { judgeCall, type ThrottledTable } from '@/lib/server/demo/judge-call';
import type { LimitedTable } from '@/lib/server/demo/limited-call';
import type { Answer } from '@/lib/server/demo/throttle-answer';
import { type CapacityOptions, createWriteCapacity } from '@/lib/server/demo/write-capacity';
import { createWriteLedger, type LedgerSummary } from '@/lib/server/demo/write-ledger';

export type ThrottlingOptions = CapacityOptions & {
  tables: LimitedTable[];
  /** Where the engine answers. Without one, only writes to limited tables are answered. */
  engine?: string | undefined;
  /** `ledger` counts writes to limited tables and answers them without the engine, which is slower than a large limit. */
  keepsWritesIn?: 'engine' | 'ledger';
  /** How long each call to a limited table takes at least. */
  latencyMs?: number;
  port?: number;
};

const changeSchema = z.object({
  table: z.string().optional(),
  unitsPerSecond: z.number().positive().optional(),
  isClosed: z.boolean().optional(),
  savedUnits: z.number().min(0).optional(),
  latencyMs: z.number().min(0).optional(),
});

export type ThrottleChange = z.infer<typeof changeSchema>;

const CONTROL_PATH = '/throttle';

/** What the engine reads; the rest describes the connection to the proxy. */
const SIGNED_HEADER = /^(x-amz-.*|authorization|content-type)$/;

/**
 * A proxy on loopback in front of a local engine that gives tables a write capacity, as DynamoDB does for provisioned
 * tables. Reads and other tables pass. `GET /throttle` answers what each table took and refused, `POST /throttle` with a
 * ThrottleChange changes the limit while it runs, `DELETE /throttle` empties the ledgers.
 */
export async function startThrottlingProxy(options: ThrottlingOptions) {
  const tables = new Map<string, ThrottledTable>();
  for (const table of options.tables) {
    const { partitions = 1 } = options;
    const [capacity, ledger] = [createWriteCapacity(options), createWriteLedger()];
    tables.set(table.name, { ...table, capacity, ledger, isPartitioned: partitions > 1 });
  }
  const state = { latencyMs: options.latencyMs ?? 0 };
  const agent = new http.Agent({ keepAlive: true, maxSockets: 128 });
  const pass = (request: http.IncomingMessage, body: string) => forward({ ...options, agent, request, body });

  function change({ table, latencyMs, ...limit }: ThrottleChange): void {
    state.latencyMs = latencyMs ?? state.latencyMs;
    const chosen = [...tables].filter(([name]) => table === undefined || table === name);
    for (const [, { capacity }] of chosen) capacity.change(limit);
  }

  function control(method: string | undefined, body: string): Answer {
    if (method === 'POST') change(changeSchema.parse(JSON.parse(body)));
    if (method === 'DELETE') for (const { ledger } of tables.values()) ledger.clear();
    const summaries = [...tables].map(([name, { ledger, capacity }]): [string, TableSummary] => [
      name,
      { ...ledger.summary(), unitsPerSecond: capacity.unitsPerSecond() },
    ]);
    return { status: 200, body: JSON.stringify(Object.fromEntries(summaries)) };
  }

  async function answer(request: http.IncomingMessage): Promise<Answer> {
    const arrivedAt = performance.now();
    const body = await read(request);
    if (request.url === CONTROL_PATH) return control(request.method, body);
    const operation = String(request.headers['x-amz-target'] ?? '').split('.')[1] ?? '';
    const { keepsWritesIn } = options;
    const judged = await judgeCall({
      operation,
      body,
      tables,
      keepsWritesIn,
      pass: (kept) => pass(request, kept),
    });
    if (judged.isLimited) await pause(Math.max(0, state.latencyMs - (performance.now() - arrivedAt)));
    return judged.answer;
  }

  const server = http.createServer({ keepAliveTimeout: 60_000 }, async (request, response) => {
    try {
      const { status, body } = await answer(request);
      response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' }).end(body);
    } catch (thrown) {
      // The engine is gone, or the body is none of DynamoDB's: the caller sees a lost connection.
      response.destroy(thrown instanceof Error ? thrown : undefined);
    }
  });
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve));

  return {
    endpoint: `http://127.0.0.1:${portOf(server.address())}`,
    change,
    ledger: (table: string) => tables.get(table)?.ledger,
    stop(): void {
      server.close();
      server.closeAllConnections();
      agent.destroy();
    },
  };
}

export type ThrottlingProxy = Awaited<ReturnType<typeof startThrottlingProxy>>;

/** What `GET /throttle` says of a table. */
export type TableSummary = LedgerSummary & { unitsPerSecond: number };

const portOf = (address: AddressInfo | string | null) => (typeof address === 'object' ? address?.port : 0);

type Forwarded = {
  engine?: string | undefined;
  agent: http.Agent;
  request: http.IncomingMessage;
  body: string;
};

async function forward({ engine, agent, request, body }: Forwarded): Promise<Answer> {
  if (!engine) throw new Error('There is no engine behind this proxy');
  const headers = Object.entries(request.headers).filter(([name]) => SIGNED_HEADER.test(name));
  const answer = await new Promise<http.IncomingMessage>((resolve, reject) => {
    const call = http.request(
      engine,
      { method: 'POST', agent, headers: Object.fromEntries(headers) },
      resolve,
    );
    call.on('error', reject).end(body);
  });
  return { status: answer.statusCode ?? 500, body: await read(answer) };
}

async function read(message: http.IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}
