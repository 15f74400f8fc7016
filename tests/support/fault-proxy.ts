import { randomUUID } from 'node:crypto';
import http from 'node:http';
import * as z from 'zod';

/** Requests without this text are none of the test's business: tests run beside each other on one product. */
const faultSchema = z.object({
  includes: z.string().min(3),
  operation: z.string().optional(),
  table: z.string().optional(),
  times: z.number().int().positive().optional(),
  effect: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('error'), name: z.string(), message: z.string() }),
    z.object({ kind: z.literal('loseAnswer') }),
    z.object({ kind: z.literal('delay'), delayMs: z.number() }),
  ]),
});

export type Fault = z.infer<typeof faultSchema>;

/** What the engine reads; the rest describes the connection to the proxy. */
const SIGNED_HEADER = /^(x-amz-.*|authorization|content-type)$/;

const CONTROL_PATH = '/faults';

/**
 * A proxy between product and engine on loopback that does what a bad day does to chosen requests. Faults are added by
 * `POST /faults`, which answers their id, and removed by `DELETE /faults/<id>`.
 */
export function startFaultProxy({ port, engine }: { port: number; engine: string }): Promise<void> {
  const faults = new Map<string, Fault>();
  const server = http.createServer(async (request, response) => {
    const body = await read(request);
    if (request.url?.startsWith(CONTROL_PATH)) control(faults, request, body, response);
    else await relay({ faults, engine, request, body, response });
  });
  return new Promise((resolve) => server.listen(port, '127.0.0.1', resolve));
}

function control(
  faults: Map<string, Fault>,
  request: http.IncomingMessage,
  body: string,
  response: http.ServerResponse,
) {
  if (request.method === 'DELETE') {
    faults.delete(request.url?.slice(CONTROL_PATH.length + 1) ?? '');
    response.end();
    return;
  }
  const id = randomUUID();
  faults.set(id, faultSchema.parse(JSON.parse(body)));
  response.end(id);
}

type Exchange = {
  faults: Map<string, Fault>;
  engine: string;
  request: http.IncomingMessage;
  body: string;
  response: http.ServerResponse;
};

async function relay({ faults, engine, request, body, response }: Exchange): Promise<void> {
  const operation = String(request.headers['x-amz-target'] ?? '').split('.')[1] ?? '';
  const effect = takeFault(faults, operation, body);
  if (effect?.kind === 'error') {
    const { name, message } = effect;
    response.writeHead(400, { 'content-type': 'application/x-amz-json-1.0' });
    response.end(JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${name}`, message }));
    return;
  }
  if (effect?.kind === 'delay') await new Promise((resolve) => setTimeout(resolve, effect.delayMs));

  const headers = Object.entries(request.headers).flatMap(([name, value]): [string, string][] =>
    SIGNED_HEADER.test(name) ? [[name, String(value)]] : [],
  );
  const answer = await fetch(engine, { method: 'POST', headers, body });
  const text = await answer.text();
  if (effect?.kind === 'loseAnswer') {
    request.socket.destroy();
    return;
  }
  response.writeHead(answer.status, {
    'content-type': answer.headers.get('content-type') ?? 'application/x-amz-json-1.0',
  });
  response.end(text);
}

function takeFault(faults: Map<string, Fault>, operation: string, body: string): Fault['effect'] | undefined {
  const found = [...faults].find(
    ([, { includes, table, ...fault }]) =>
      body.includes(includes) &&
      (fault.operation ?? operation) === operation &&
      (table === undefined || body.includes(`"${table}"`)),
  );
  if (!found) return undefined;
  const [id, fault] = found;
  if (fault.times === 1) faults.delete(id);
  else if (fault.times !== undefined) faults.set(id, { ...fault, times: fault.times - 1 });
  return fault.effect;
}

async function read(request: http.IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}
