import { beforeAll, describe, expect, it } from 'vitest';
import { HELD_TTL } from '@/lib/server/audit-log/legal-hold/hold-item';
import { listActors } from '@/lib/server/audit-log/read/list-actors';
import { listAuditLog } from '@/lib/server/audit-log/read/list-audit-log';
import { planRead } from '@/lib/server/audit-log/read/plan-read';
import { inclusionOf } from '@/lib/server/audit-log/seals/inclusion';
import { sealHours } from '@/lib/server/audit-log/seals/seal-hours';
import { newestSeal, readSeals } from '@/lib/server/audit-log/seals/seal-item';
import { env } from '@/lib/server/env';
import { newRequestId } from '@/lib/server/request-id';
import { auditListQuerySchema } from '@/lib/shared/audit-log';
import { canonicalRecord } from '@/lib/shared/audit-seal';
import { leafHash, rootOfPath } from '@/lib/shared/merkle';
import { countCalls, failCalls } from '@/tests/support/faults';
import { aTrail, EXPIRED, put, ROWS, remove, verify } from '@/tests/support/sealed-trail';

const requestId = newRequestId();

let trail: Awaited<ReturnType<typeof aTrail>>;

beforeAll(async () => {
  trail = await aTrail();
});

describe('sealing', () => {
  it('seals nothing without a signing key', async () => {
    const key = env.AUDIT_SIGNING_KEY;
    env.AUDIT_SIGNING_KEY = undefined;
    expect(await sealHours(requestId)).toBe(0);
    expect(await newestSeal(requestId)).toBeNull();
    env.AUDIT_SIGNING_KEY = key;
  });

  it('goes on where it was cut off between the list and the seal', async () => {
    const isOver = failCalls('InternalServerError', { command: 'PutItem', table: env.AUDIT_TABLE, times: 8 });
    await expect(sealHours(requestId)).rejects.toThrow();
    isOver();

    const claimed = await Promise.all([sealHours(requestId), sealHours(requestId), sealHours(requestId)]);

    expect(claimed.reduce((sum, hours) => sum + hours, 0)).toBe(10);
    const seals = await readSeals(trail.first, trail.newest, requestId);
    expect(seals.map(({ hour }) => hour)).toEqual(Array.from({ length: 10 }, (_, at) => trail.hour(at)));
    expect(await sealHours(requestId)).toBe(0);
  });

  it('counts what each hour holds, late arrivals with the hour of their arrival', async () => {
    const seals = await readSeals(trail.first, trail.newest, requestId);
    const counted = seals.map(({ counts, lateCounts }) => [counts.events, lateCounts.events]);

    expect(counted.slice(0, 6)).toEqual([
      [0, 0],
      [10, 0],
      [20, 0],
      [ROWS, 0],
      [0, 1],
      [10, 0],
    ]);
    expect(seals[3]?.counts).toMatchObject({ items: 1, segments: 1, actions: { CREATE_ASSIGNMENT: ROWS } });
    const failures = trail.events.filter(({ outcome }) => outcome === 'failure').length;
    expect(seals.reduce((sum, { counts }) => sum + counts.failures, 0)).toBe(failures);
  });

  it('counts each person once, also where an hour is added again', async () => {
    const { actors } = await listActors(requestId);

    expect(actors.reduce((sum, { events: count }) => sum + count, 0)).toBe(40 + ROWS + 1);
  });

  it('lets readers tell few items from many rows: who uploaded a large file is read by person', async () => {
    const { actor } = trail.segment;
    const [uploader] = (await listActors(requestId)).actors.filter(({ id }) => id === Object(actor).id);

    expect(uploader?.events).toBeGreaterThan(ROWS);
    expect((await planRead({ actor: uploader?.id }, requestId)).index).toBe('actor');
  });

  it('lets readers leave out hours that hold nothing of what they ask for', async () => {
    const reads = async (filter: Record<string, string>) => {
      const counter = countCalls({ command: 'Query', table: env.AUDIT_TABLE, includes: '"A#' });
      const to = `${trail.newest}:59:59.999Z`;
      const { items: found } = await listAuditLog(auditListQuerySchema.parse({ ...filter, to }), requestId);
      counter.stop();
      return { lanes: counter.calls(), found: found.length };
    };

    // Hours 1, 2, 3 and 5 hold events; into hour 1 one more came late, which its seal does not know.
    expect(await reads({})).toMatchObject({ lanes: 4 * 4 });
    expect(await reads({ action: 'PLACE_LEGAL_HOLD' })).toEqual({ lanes: 4, found: 0 });
    expect((await reads({ action: 'START_BATCH,PAUSE_BATCH' })).found).toBeGreaterThan(0);
  });

  it('proves that an event is among what was sealed', async () => {
    for (const item of [trail.stored(0), trail.stored(17), trail.segment, trail.lateItem]) {
      const inclusion = await inclusionOf(item, requestId);
      const leaf = await leafHash(canonicalRecord(item));
      const { seal, position, path } = inclusion ?? {};

      expect(
        await rootOfPath({ leaf, position: position ?? -1, leaves: seal?.leaves ?? 0, path: path ?? [] }),
      ).toBe(seal?.root);
    }
  });

  it('finds everything as it was sealed, and says what is not sealed yet', async () => {
    expect(await verify()).toMatchObject({
      hours: 10,
      events: 40 + ROWS + 1,
      findings: [],
      notSealed: 1,
      keys: 1,
    });
  });
});

describe('verification as time passes', () => {
  it('finds a tail that was cut off, by a seal that was kept elsewhere', async () => {
    const anchor = await newestSeal(requestId);
    const item = await trail.sealAt(9);
    await remove(item);
    const cut = await verify(anchor ?? undefined);
    await put(item);

    expect(cut.findings).toMatchObject([{ fault: 'tail_missing', hour: trail.newest }]);
    expect((await verify()).findings).toEqual([]);
  });

  it('takes no offence at what was past its time, nor at a time that a legal hold has moved', async () => {
    await put({ ...trail.stored(0), ttl: HELD_TTL });
    expect((await verify()).findings).toEqual([]);
    await put(trail.stored(0));

    await remove(trail.stored(EXPIRED));
    const { findings } = await verify();
    await put(trail.stored(EXPIRED));
    expect(findings).toEqual([]);
  });
});
