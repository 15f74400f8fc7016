import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import { effectsApplied } from '@/lib/server/assignments/apply-effects';
import { updateAssignment } from '@/lib/server/assignments/update-assignment';
import { toAuditItem } from '@/lib/server/audit-log/audit-event-item';
import { settleKeptEvents } from '@/lib/server/audit-log/record-event';
import { listRuns } from '@/lib/server/consistency/list-runs';
import { readCheck } from '@/lib/server/consistency/read-check';
import { repairDifferences } from '@/lib/server/consistency/repair/repair-differences';
import { claimPart, saveProgress } from '@/lib/server/consistency/run/part-lease';
import { readParts } from '@/lib/server/consistency/run/read-run';
import { runPlace } from '@/lib/server/consistency/run/run-item';
import { workOnRun } from '@/lib/server/consistency/run/work-on-run';
import { startCheck } from '@/lib/server/consistency/start-check';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { newRequestId } from '@/lib/server/request-id';
import {
  aCreated,
  aTaughtCourse,
  CHECKER,
  check,
  deleteByHand,
  findingsAbout,
  loseEvent,
  repairEventsOf,
  setByHand,
} from '@/tests/support/consistency';
import { courseItem, eventsOf } from '@/tests/support/factories';
import { failCalls, recordedCalls } from '@/tests/support/faults';
import { eventsOfResource } from '@/tests/support/stored-events';

const start = () => startCheck({ trigger: 'button', startedBy: CHECKER }, newRequestId());
const working = () => ({ requestId: newRequestId(), mayGoOn: () => true });
const page = { limit: 100 };

async function finish(runId: string) {
  while (!(await workOnRun(runId, working()))) await new Promise((resolve) => setTimeout(resolve, 50));
  return readCheck(runId, page, newRequestId());
}

const setCount = (courseId: string, assignmentCount: number) =>
  setByHand({ TableName: env.COURSES_TABLE, Key: { courseId } }, { assignmentCount });

/** A course whose count somebody has broken, and the check that found it. */
async function aFoundDifference() {
  const { courseId } = await aTaughtCourse(2);
  await setCount(courseId, 9);
  const { run } = await check();
  const repair = (dryRun = false) =>
    repairDifferences(
      run.runId,
      { differenceIds: [`course-counts#${courseId}`], dryRun },
      { author: CHECKER, requestId: newRequestId() },
    );
  return { courseId, runId: run.runId, repair };
}

describe('a check', () => {
  it('is one, however many people press the button', async () => {
    const runs = await Promise.all([start(), start(), start()]);

    expect(new Set(runs.map((run) => run?.runId)).size).toBe(1);
    await finish(runs[0]?.runId ?? '');
    const next = await start();
    expect(next?.runId).not.toBe(runs[0]?.runId);
    await finish(next?.runId ?? '');
  });

  it('begins by schedule once, by one of many processes, and not again before it is due', async () => {
    const schedule = (unlessSince: string) =>
      startCheck({ trigger: 'schedule', startedBy: CHECKER, unlessSince }, newRequestId());
    const now = new Date(Date.now() + 1).toISOString();

    const begun = (await Promise.all([schedule(now), schedule(now), schedule(now)])).filter(Boolean);

    expect(begun).toHaveLength(1);
    await finish(begun[0]?.runId ?? '');
    const anHourAgo = new Date(Date.now() - 3_600_000).toISOString();
    expect(await schedule(anHourAgo)).toBeUndefined();
    expect((await listRuns(newRequestId()))[0]).toMatchObject({ trigger: 'schedule', state: 'done' });
    const events = await eventsOfResource(`check#${begun[0]?.runId}`);
    expect(events).toMatchObject([{ action: 'START_CHECK', actor: { id: 'system', role: 'system' } }]);
  });

  it('is done by several processes together, every part once', async () => {
    await aTaughtCourse(3);
    const single = await check();
    const run = await start();

    await Promise.all([1, 2, 3].map(() => finish(run?.runId ?? '')));

    const shared = await readCheck(run?.runId ?? '', page, newRequestId());
    expect(shared.run).toMatchObject({ state: 'done', checked: single.run.checked });
  });

  it('goes on behind the last piece when its process was killed', async () => {
    const run = await start();
    const runId = run?.runId ?? '';
    const part = (await readParts(runId, newRequestId())).find(({ name }) => name === 'courses-0');
    const claim = part && (await claimPart(part, newRequestId()));
    if (!claim) throw new Error('The part is not free');
    const piece = { cursor: '{"courseId":"nowhere"}', checked: 40, read: 40, found: [], unsettled: 0 };
    await saveProgress(claim, piece, newRequestId());
    claim.stop();

    const isEnded = await workOnRun(runId, working());
    const parts = await readParts(runId, newRequestId());
    await setByHand(runPlace(runId, claim.part.part), { leasedUntil: '2020-01-01T00:00:00.000Z' });
    await finish(runId);

    expect(isEnded).toBe(false);
    expect(parts.filter(({ state }) => state !== 'done')).toMatchObject([
      { name: 'courses-0', cursor: piece.cursor, checked: 40 },
    ]);
    const scans = recordedCalls().filter(({ command, tables }) =>
      [command, ...tables].join(' ').includes(`Scan ${env.COURSES_TABLE}`),
    );
    const ofPart = scans.filter(({ input }) => JSON.stringify(input).includes('"Segment":0'));
    expect(ofPart.map(({ input }) => JSON.stringify(input).includes('"nowhere"'))).toEqual([true]);
  });

  it('does not count a piece of a process that has lost its part', async () => {
    const run = await start();
    const runId = run?.runId ?? '';
    const [part] = await readParts(runId, newRequestId());
    const late = part && (await claimPart(part, newRequestId()));
    if (!late) throw new Error('The part is not free');
    late.stop();
    await setByHand(runPlace(runId, late.part.part), { leasedUntil: '2020-01-01T00:00:00.000Z' });
    await finish(runId);

    const piece = { cursor: null, checked: 1000, read: 1000, found: [], unsettled: 0 };

    expect(await saveProgress(late, piece, newRequestId())).toBeUndefined();
    expect((await readCheck(runId, page, newRequestId())).run.checked).toBeLessThan(1000);
  });

  it('says what holds it up, and ends when the table is back', async () => {
    const run = await start();
    const runId = run?.runId ?? '';
    const isOver = failCalls('ResourceNotFoundException', { command: 'Scan', table: env.USERS_TABLE });

    await workOnRun(runId, working());
    const heldUp = await readCheck(runId, page, newRequestId());
    isOver();

    const rule = heldUp.invariants.find(({ invariant }) => invariant === 'instructor-counts');
    expect(rule).toMatchObject({ state: 'running', problem: expect.stringContaining(env.USERS_TABLE) });
    for (const part of await readParts(runId, newRequestId())) {
      if (part.state !== 'done') {
        await setByHand(runPlace(runId, part.part), { leasedUntil: '2020-01-01T00:00:00.000Z' });
      }
    }
    expect((await finish(runId)).run.state).toBe('done');
  });
});

describe('a repair', () => {
  it('says before what it will do, and does nothing then', async () => {
    const { courseId, repair } = await aFoundDifference();

    const { outcomes } = await repair(true);

    expect(outcomes).toMatchObject([{ outcome: 'planned', target: courseId, before: 9, after: 2 }]);
    expect(outcomes[0]?.message).toContain('Replaces 9 by 2, while it is still 9');
    expect(await courseItem(courseId)).toMatchObject({ assignmentCount: 9 });
    expect(await repairEventsOf('course-counts', courseId)).toEqual([]);
    await repair();
  });

  it('happens once, however often and by how many it is asked for', async () => {
    const { courseId, repair, runId } = await aFoundDifference();

    const answers = await Promise.all([repair(), repair(), repair()]);
    const later = await repair();

    expect([...answers, later].map(({ outcomes }) => outcomes[0]?.outcome)).not.toContain('failed');
    expect(later.outcomes).toMatchObject([{ outcome: 'repaired', message: 'It was repaired before' }]);
    expect(await courseItem(courseId)).toMatchObject({ assignmentCount: 2 });
    expect(await repairEventsOf('course-counts', courseId)).toHaveLength(1);
    expect((await readCheck(runId, page, newRequestId())).run.repaired).toBe(1);
  });

  it('leaves alone what somebody has changed since', async () => {
    const { courseId, repair } = await aFoundDifference();
    await setCount(courseId, 4);

    const { outcomes } = await repair();

    expect(outcomes).toMatchObject([{ outcome: 'changed', message: expect.stringContaining('check again') }]);
    expect(await courseItem(courseId)).toMatchObject({ assignmentCount: 4 });
    await setCount(courseId, 2);
  });

  it('leaves alone what is in order by now', async () => {
    const { courseId, repair } = await aFoundDifference();
    await setCount(courseId, 2);

    const { outcomes } = await repair();

    expect(outcomes).toMatchObject([{ outcome: 'gone' }]);
  });

  it('counts a create in between: both the difference and the create are in the count then', async () => {
    const { courseId, instructor } = await aTaughtCourse(2);
    await setCount(courseId, 9);
    const { run } = await check();
    await aCreated(courseId, instructor);
    await effectsApplied();

    await repairDifferences(
      run.runId,
      { invariant: 'course-counts', dryRun: false },
      { author: CHECKER, requestId: newRequestId() },
    );

    expect(await courseItem(courseId)).toMatchObject({ assignmentCount: 3 });
  });

  it('happens without the audit table, says so, and its event follows', async () => {
    const { courseId, repair } = await aFoundDifference();
    const isOver = failCalls('ResourceNotFoundException', { table: env.AUDIT_TABLE });

    const { outcomes } = await repair();
    isOver();
    const before = await repairEventsOf('course-counts', courseId);
    await settleKeptEvents(newRequestId());
    await settleKeptEvents(newRequestId());

    expect(outcomes).toMatchObject([{ outcome: 'repaired', message: expect.stringContaining('refused') }]);
    expect(await courseItem(courseId)).toMatchObject({ assignmentCount: 2 });
    expect(before).toEqual([]);
    expect(await repairEventsOf('course-counts', courseId)).toHaveLength(1);
  });

  it('says what DynamoDB refused, and can be asked for again', async () => {
    const { courseId, repair } = await aFoundDifference();
    const isOver = failCalls('ProvisionedThroughputExceededException', {
      command: 'TransactWriteItems',
      table: env.CONSISTENCY_TABLE,
    });

    const refused = await repair();
    isOver();
    const again = await repair();

    expect(refused.outcomes).toMatchObject([{ outcome: 'failed' }]);
    expect(again.outcomes).toMatchObject([{ outcome: 'repaired', message: 'Repaired' }]);
    expect(await courseItem(courseId)).toMatchObject({ assignmentCount: 2 });
  });
});

describe('reading checks', () => {
  it('scans nothing, and pages through the differences', async () => {
    const courses = [await aTaughtCourse(1), await aTaughtCourse(1), await aTaughtCourse(1)];
    for (const { courseId } of courses) await setCount(courseId, 7);
    const { run } = await check();
    const before = recordedCalls().filter(({ command }) => command === 'Scan').length;

    const first = await readCheck(run.runId, { limit: 2 }, newRequestId());
    const cursor = first.differences.cursor ?? '';
    const second = await readCheck(run.runId, { limit: 2, cursor }, newRequestId());

    expect(first.differences.items).toHaveLength(2);
    expect(second.differences).toMatchObject({ items: [{ found: 7 }], cursor: null });
    expect(recordedCalls().filter(({ command }) => command === 'Scan')).toHaveLength(before);
    for (const { courseId } of courses) {
      expect(findingsAbout(await readCheck(run.runId, page, newRequestId()), courseId)).toHaveLength(1);
      await setCount(courseId, 1);
    }
  });
});

describe('what cannot be repaired', () => {
  it('is named with the reason: a second event, an event without an assignment, a lost event of an edited one', async () => {
    const { courseId, instructor, created } = await aTaughtCourse(3);
    const [doubled, gone, edited] = created.map(({ assignmentId }) => assignmentId);
    const [event] = await eventsOf(doubled ?? '');
    if (!event || !gone || !edited) throw new Error('Nothing was created');
    await documentClient.send(
      new PutCommand({ TableName: env.AUDIT_TABLE, Item: toAuditItem({ ...event, eventId: 'second' }) }),
    );
    await deleteByHand({ TableName: env.ASSIGNMENTS_TABLE, Key: { assignmentId: gone } });
    await updateAssignment(edited, {
      ...{ actor: instructor, requestId: newRequestId(), version: 1, changes: { title: 'Edited' } },
    });
    await loseEvent(edited);
    await setCount(courseId, 2);

    const result = await check();
    const ids = [doubled, gone, edited].map((id) => `creation-events#${id}`);
    const { outcomes } = await repairDifferences(
      result.run.runId,
      { differenceIds: ids, dryRun: false },
      { author: CHECKER, requestId: newRequestId() },
    );

    expect(findingsAbout(result, doubled ?? '')).toMatchObject([{ expected: 1, found: 2, repair: null }]);
    expect(findingsAbout(result, gone)).toMatchObject([{ repair: null, advice: expect.stringMatching(/./) }]);
    expect(findingsAbout(result, edited)).toMatchObject([{ expected: 1, found: 0, repair: null }]);
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(Array(3).fill('not_repairable'));
  });
});
