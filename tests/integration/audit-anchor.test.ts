import { createServer } from 'node:http';
import { afterEach, expect, it, vi } from 'vitest';
import { postAnchor } from '@/lib/server/audit-log/seals/post-anchor';
import { env } from '@/lib/server/env';
import { log } from '@/lib/server/log';
import type { Seal } from '@/lib/shared/audit-seal';

const NOTHING = { events: 0, failures: 0, items: 0, segments: 0, actions: {}, codes: {} };

const aSeal = (hour: string): Seal => ({
  ...{ version: 1, hour, root: 'ab', leaves: 0, late: 0, counts: NOTHING, lateCounts: NOTHING },
  ...{ previous: null, sealedAt: `${hour}:20:00.000Z`, keyId: 'key', signature: 'c2ln' },
});

/** Keeps what is posted to it, and answers with these statuses in turn, then with 204. */
async function keeper(...statuses: number[]) {
  const received: unknown[] = [];
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part);
    received.push(JSON.parse(Buffer.concat(parts).toString('utf8')));
    response.writeHead(statuses.shift() ?? 204).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const close = () => new Promise((resolve) => server.close(resolve).closeAllConnections());
  return { received, url: `http://127.0.0.1:${port}/`, close };
}

afterEach(() => {
  env.AUDIT_ANCHOR_URL = undefined;
});

it('tells a seal again until it is accepted, and then no more', async () => {
  const { received, url, close } = await keeper(503);
  env.AUDIT_ANCHOR_URL = url;
  const warn = vi.spyOn(log, 'warn').mockReturnValue();
  const seal = aSeal('2026-11-01T10');

  for (let round = 0; round < 3; round++) await postAnchor(seal, 'req_anchor');
  await postAnchor(aSeal('2026-11-01T11'), 'req_anchor');
  await close();

  expect(received).toEqual([seal, seal, aSeal('2026-11-01T11')]);
  expect(warn).toHaveBeenCalledTimes(1);
  warn.mockRestore();
});

it('holds nobody up where nobody answers, and says so in the log', async () => {
  const { url, close } = await keeper();
  await close();
  env.AUDIT_ANCHOR_URL = url;
  const warn = vi.spyOn(log, 'warn').mockReturnValue();

  await postAnchor(aSeal('2026-11-02T10'), 'req_anchor');

  expect(warn).toHaveBeenCalledWith(
    'anchor not accepted',
    expect.objectContaining({ hour: '2026-11-02T10' }),
  );
  warn.mockRestore();
});
