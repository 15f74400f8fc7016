import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assignmentEvent, creationEvent } from '@/lib/server/audit-log/assignment-event';
import { type Deeds, planTarget, type TargetFacts } from '@/lib/server/rollbacks/plan-target';
import type { Assignment } from '@/lib/shared/assignment';
import type { AssignmentEvent } from '@/lib/shared/audit-event';
import type { Author } from '@/lib/shared/session';
import { aNewAssignment } from '@/tests/support/new-assignment';

const DEEDS: Deeds = { actorId: 'ada', from: at(100), to: at(200) };

function at(second: number): string {
  return new Date(Date.UTC(2030, 0, 1) + second * 1000).toISOString();
}

const author = (id: string): Author => ({ id, role: 'instructor', department: 'Physics' });

type Change = { by: string; second: number; set: Partial<Assignment> };

/** An assignment that was created by `creator` and then changed, step by step, with the state after each step. */
function played(creator: { by: string; second: number }, changes: Change[]) {
  const created: Assignment = {
    ...aNewAssignment(),
    assignmentId: 'assignment_1',
    version: 1,
    createdBy: author(creator.by),
    createdAt: at(creator.second),
    updatedAt: at(creator.second),
    requestId: 'req_create',
    pendingEffects: [],
  };
  const states = [created];
  const events: AssignmentEvent[] = [creationEvent(created)];
  for (const [step, { by, second, set }] of changes.entries()) {
    const before = states[step] ?? created;
    const after = { ...before, ...set, version: before.version + 1, updatedAt: at(second) };
    const requestId = `req_${step}`;
    const time = at(second);
    events.push(
      assignmentEvent({ action: 'UPDATE_ASSIGNMENT', author: author(by), requestId, time, before, after }),
    );
    states.push(after);
  }
  const history = events.filter(({ time }) => time >= DEEDS.from).reverse();
  const facts: TargetFacts = { current: states.at(-1), history };
  return { states, facts };
}

const contentOf = ({ version: _version, updatedAt: _updatedAt, ...content }: Assignment) => content;

const OLD = { by: 'bob', second: 10 };

describe('what is still as the person left it', () => {
  it('goes back to what it was before their first change in a row', () => {
    const { states, facts } = played(OLD, [
      { by: 'bob', second: 50, set: { title: 'By Bob' } },
      { by: 'ada', second: 110, set: { title: 'By Ada', points: 5 } },
      { by: 'ada', second: 120, set: { title: 'By Ada again' } },
    ]);

    const plan = planTarget(facts, DEEDS);

    expect(plan).toMatchObject({ step: 'set_back', isPartial: false });
    expect('after' in plan && contentOf(plan.after)).toEqual(states[1] && contentOf(states[1]));
  });

  it('is deleted where they created it', () => {
    const { facts } = played({ by: 'ada', second: 110 }, [{ by: 'ada', second: 120, set: { points: 5 } }]);

    expect(planTarget(facts, DEEDS)).toMatchObject({ step: 'delete' });
  });

  it.each([
    ['archived', 'draft', 'restore'],
    ['draft', 'archived', 'archive'],
    ['published', 'draft', 'set_back'],
  ] as const)('that was made %s and was %s before: %s', (now, before, step) => {
    const { facts } = played(OLD, [
      { by: 'bob', second: 20, set: { status: before } },
      { by: 'ada', second: 110, set: { status: now } },
    ]);

    expect(planTarget(facts, DEEDS)).toMatchObject({ step, after: { status: before } });
  });

  it('is said to go back in part only where somebody else came in between', () => {
    const { states, facts } = played(OLD, [
      { by: 'ada', second: 110, set: { points: 1 } },
      { by: 'bob', second: 120, set: { points: 2 } },
      { by: 'ada', second: 130, set: { points: 3 } },
    ]);

    const plan = planTarget(facts, DEEDS);

    expect(plan).toMatchObject({ step: 'set_back', isPartial: true });
    expect('after' in plan && plan.after.points).toBe(states[2]?.points);
  });
});

describe('what stays, with the reason', () => {
  it.each([
    ['somebody else changed it since', 'bob', 130, 'changed_since'],
    ['somebody else changed it after the time', 'bob', 250, 'changed_since'],
    ['they changed it after the time', 'ada', 250, 'changed_later'],
  ] as const)('%s', (_, by, second, reason) => {
    const { facts } = played(OLD, [
      { by: 'ada', second: 110, set: { points: 1 } },
      { by, second, set: { title: 'Later' } },
    ]);

    expect(planTarget(facts, DEEDS)).toEqual({ step: null, reason, isPartial: false });
  });

  it('it was taken back already, by whomever', () => {
    const { points } = aNewAssignment();
    const { facts } = played(OLD, [
      { by: 'ada', second: 110, set: { points: points + 1 } },
      { by: 'eve', second: 300, set: { points } },
    ]);

    const plan = planTarget(facts, DEEDS);

    expect(plan).toMatchObject({ step: null, reason: 'already' });
  });

  it('a long text is only known by its beginning', () => {
    const { facts } = played(OLD, [
      { by: 'bob', second: 20, set: { description: 'x'.repeat(600) } },
      { by: 'ada', second: 110, set: { description: 'short' } },
    ]);

    expect(planTarget(facts, DEEDS)).toMatchObject({ step: null, reason: 'long_text' });
  });

  it('a batch created it', () => {
    const { facts } = played({ by: 'ada', second: 110 }, []);
    const current = facts.current && { ...facts.current, batchId: 'batch_1', rowNumber: 2 };

    expect(planTarget({ ...facts, current }, DEEDS)).toMatchObject({ step: null, reason: 'batch_row' });
  });

  it('a change is missing from its history', () => {
    const { facts } = played(OLD, [
      { by: 'ada', second: 110, set: { points: 1 } },
      { by: 'bob', second: 120, set: { points: 2 } },
      { by: 'ada', second: 130, set: { points: 3 } },
    ]);
    const history = facts.history.filter(({ actor }) => actor.id === 'ada');

    expect(planTarget({ ...facts, history }, DEEDS)).toMatchObject({ step: null, reason: 'incomplete' });
  });

  it('it is gone', () => {
    const { facts } = played(OLD, [{ by: 'ada', second: 110, set: { points: 1 } }]);

    expect(planTarget({ ...facts, current: undefined }, DEEDS)).toMatchObject({ step: null, reason: 'gone' });
  });
});

it('never loses a change of anybody else: what comes out is a state that somebody else left, or nothing changes', () => {
  const change = fc.record({
    by: fc.constantFrom('ada', 'bob'),
    set: fc.record(
      {
        title: fc.constantFrom('One', 'Two', 'Three'),
        points: fc.integer({ min: 0, max: 3 }),
        status: fc.constantFrom('draft' as const, 'published' as const, 'archived' as const),
      },
      { requiredKeys: [] },
    ),
  });
  fc.assert(
    fc.property(
      fc.constantFrom('ada', 'bob'),
      fc.array(change, { maxLength: 8 }),
      fc.integer({ min: 60, max: 140 }),
      (creator, changes, start) => {
        const timed = changes.map((it, step) => ({ ...it, second: start + (step + 1) * 10 }));
        const { states, facts } = played({ by: creator, second: start }, timed);
        const actors = [creator, ...timed.map(({ by }) => by)];
        const seconds = [start, ...timed.map(({ second }) => second)];
        const isDeed = actors.map((by, step) => by === 'ada' && inTime(seconds[step] ?? 0));
        const kept = isDeed.lastIndexOf(false);

        const plan = planTarget(facts, DEEDS);

        if (plan.step === null) return;
        expect(kept).toBeLessThan(states.length - 1);
        if (plan.step === 'delete') expect(kept).toBe(-1);
        else expect(contentOf(plan.after)).toEqual(contentOf(states[kept] ?? plan.before));
      },
    ),
  );
});

const inTime = (second: number) => at(second) >= DEEDS.from && at(second) <= DEEDS.to;
