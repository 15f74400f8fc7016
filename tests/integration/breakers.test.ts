import { performance } from 'node:perf_hooks';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Breakers, breakers, gateOf, newBreakers } from '@/lib/server/breakers/breakers';
import { beginProbe, noteProbe } from '@/lib/server/breakers/gate';
import { FIRST_WAIT_MS, overridden } from '@/lib/server/breakers/standing';
import { syncBreakers } from '@/lib/server/breakers/sync-breakers';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { newRequestId } from '@/lib/server/request-id';
import { changesOf, forgetBreakers, openBreaker, standingOf } from '@/tests/support/breakers';
import { failCalls, recordedCalls } from '@/tests/support/faults';
import { eventsOfResource } from '@/tests/support/stored-events';

const TABLE = env.COURSES_TABLE;
const NOW = Date.parse('2026-10-01T10:00:00.000Z');

const NORMAL = { utilization: 0.3, idle: 7, active: 3 };

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: NOW });
  // The machine of the test may be busy itself.
  vi.spyOn(performance, 'eventLoopUtilization').mockReturnValue(NORMAL);
  await forgetBreakers();
});

afterEach(() => {
  vi.mocked(performance.eventLoopUtilization).mockRestore();
  vi.useRealTimers();
});

/** One round of the watch of this process. */
const sync = (own: Breakers = breakers) =>
  syncBreakers(own, { nowMs: Date.now(), requestId: newRequestId() });

const write = () =>
  documentClient.send(
    new UpdateCommand({
      TableName: TABLE,
      Key: { courseId: 'C-1' },
      UpdateExpression: 'SET note = :note',
      ExpressionAttributeValues: { ':note': 'here' },
    }),
  );

const writes = () =>
  recordedCalls().filter(({ tables, command }) => tables.includes(TABLE) && command !== 'Query');

describe('the breaker of a table', () => {
  it('opens after twenty writes without an answer, sends no more, and closes by probes when the table is back', async () => {
    const back = failCalls('TimeoutError', { table: TABLE });
    for (let call = 0; call < 20; call++) {
      vi.setSystemTime(NOW - 2000 + 1000 * Math.floor(call / 8));
      await expect(write()).rejects.toThrow('TimeoutError');
    }
    const sent = writes().length;
    await expect(write()).rejects.toThrow(/breaker of table .* is open since 10:00:00 UTC.* 20 of 20 writes/);
    await sync();
    expect(await standingOf(TABLE)).toMatchObject({ state: 'open', version: 1 });

    vi.setSystemTime(NOW + FIRST_WAIT_MS);
    await sync();
    expect(await standingOf(TABLE)).toMatchObject({ state: 'open', version: 3, waitMs: 2 * FIRST_WAIT_MS });

    back();
    vi.setSystemTime(NOW + 3 * FIRST_WAIT_MS);
    await sync();
    expect(await standingOf(TABLE)).toMatchObject({ state: 'closed', version: 5 });
    await write();

    // One probe in vain, then three, then the write.
    expect(writes().length - sent).toBe(5);
    expect(await changesOf(TABLE, NOW)).toEqual([
      'closed open',
      'open half_open',
      'half_open open',
      'open half_open',
      'half_open closed',
    ]);
  });

  it('is not blamed for time-outs of a process that is too busy to hear answers', async () => {
    vi.mocked(performance.eventLoopUtilization).mockReturnValue({ utilization: 1, idle: 0, active: 1 });
    failCalls('TimeoutError', { table: TABLE });

    for (let call = 0; call < 30; call++) {
      vi.setSystemTime(NOW + 1000 * Math.floor(call / 8));
      await expect(write()).rejects.toThrow('TimeoutError');
    }

    expect(gateOf(breakers, TABLE, Date.now()).standing.state).toBe('closed');
  });

  it('is tried by the first write where nothing else looks after it', async () => {
    openBreaker(TABLE);
    await expect(write()).rejects.toThrow('breaker');

    vi.setSystemTime(NOW + FIRST_WAIT_MS + 2000);
    for (let call = 0; call < 3; call++) await write();

    expect(gateOf(breakers, TABLE, Date.now()).standing.state).toBe('closed');
  });

  it('never gates the calls to its own store', async () => {
    openBreaker(env.METRICS_TABLE);

    const command = new UpdateCommand({ TableName: env.METRICS_TABLE, Key: { lane: 'TEST', itemKey: '1' } });
    await documentClient.send(command);
  });
});

describe('ten processes', () => {
  /** Counts the probes of all of them; a real one would pass the gate of this process. */
  function somebody(probed: string[]) {
    const own = newBreakers();
    const probe = async (table: string) => {
      probed.push(own.processId);
      const gate = gateOf(own, table, Date.now());
      beginProbe(gate, own.processId, Date.now());
      noteProbe(gate, 'passed', Date.now());
    };
    return {
      own,
      round: () => {
        own.lastWriteMs = Date.now();
        return syncBreakers(own, { nowMs: Date.now(), requestId: newRequestId(), probe });
      },
      state: () => gateOf(own, TABLE, Date.now()).standing.state,
    };
  }

  it('open together, probe once, and close together', async () => {
    const probed: string[] = [];
    const processes = Array.from({ length: 10 }, () => somebody(probed));
    const rounds = () => Promise.all(processes.map(({ round }) => round()));
    const states = () => new Set(processes.map(({ state }) => state()));

    const [first] = processes;
    if (first) openBreaker(TABLE, first.own);
    await first?.round();
    await rounds();
    expect(states()).toEqual(new Set(['open']));

    vi.setSystemTime(NOW + FIRST_WAIT_MS);
    await rounds();
    vi.setSystemTime(NOW + FIRST_WAIT_MS + 1000);
    await rounds();

    expect(states()).toEqual(new Set(['closed']));
    expect(probed).toHaveLength(3);
    expect(new Set(probed).size).toBe(1);
    expect(await changesOf(TABLE, NOW)).toEqual(['closed open', 'open half_open', 'half_open closed']);
  });

  it('leave the probing to another one where the prober is gone', async () => {
    const probed: string[] = [];
    const [gone, other] = [somebody(probed), somebody(probed)];
    openBreaker(TABLE, gone.own);
    vi.setSystemTime(NOW + FIRST_WAIT_MS);
    await gone.round();
    await syncBreakers(gone.own, {
      nowMs: Date.now(),
      requestId: newRequestId(),
      probe: () => Promise.reject(),
    });

    await other.round();
    expect(probed).not.toContain(other.own.processId);
    vi.setSystemTime(NOW + FIRST_WAIT_MS + 20_000);
    await other.round();

    expect(other.state()).toBe('closed');
  });

  it('end an override whose time is over once, with one event', async () => {
    const processes = Array.from({ length: 10 }, () => somebody([]));
    const until = new Date(NOW + 60_000).toISOString();
    const override = {
      state: 'closed' as const,
      reason: 'Test',
      by: 'Ada',
      at: new Date(NOW).toISOString(),
      until,
    };
    const [first] = processes;
    if (!first) return;
    const gate = gateOf(first.own, TABLE, NOW);
    const { to, change } = overridden(gate.standing, override, NOW);
    Object.assign(gate, { standing: to, unsaved: [change] });
    await first.round();

    vi.setSystemTime(NOW + 60_000);
    await Promise.all(processes.map(({ round }) => round()));

    expect(await standingOf(TABLE)).toMatchObject({ state: 'closed', override: null, version: 2 });
    const events = await eventsOfResource(`setting#breaker ${TABLE}`);
    expect(events.map(({ action, actor }) => `${action} ${actor.id}`)).toEqual([
      'END_BREAKER_OVERRIDE system',
    ]);
    expect(await changesOf(TABLE, NOW)).toEqual(['closed closed', 'closed closed']);
  });
});

describe('without its store', () => {
  it('a process opens, probes and closes by itself, and tells the others when the store is back', async () => {
    const back = failCalls('ResourceNotFoundException', { table: env.METRICS_TABLE });
    await write();
    await sync();
    openBreaker(TABLE);
    await sync();
    await expect(write()).rejects.toThrow('breaker');

    vi.setSystemTime(NOW + FIRST_WAIT_MS);
    await sync();
    await write();

    back();
    vi.setSystemTime(NOW + FIRST_WAIT_MS + 1000);
    await sync();
    expect(breakers.storeProblem).toBeNull();
    expect(await standingOf(TABLE)).toMatchObject({ state: 'closed' });
    expect(await changesOf(TABLE, NOW)).toEqual(['closed open', 'open half_open', 'half_open closed']);
  });
});
