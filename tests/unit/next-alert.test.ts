import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AlertItem } from '@/lib/server/alerts/alert-item';
import { isWorthSaving, nextAlert, UNKNOWN_RESOLVES_MS } from '@/lib/server/alerts/next-alert';
import { aJudgement } from '@/tests/support/judgements';

const START = Date.parse('2026-11-25T10:00:00.000Z');
const at = (second: number) => new Date(START + second * 1000).toISOString();

const BAD = aJudgement();
const GOOD = aJudgement({ isBad: false });
const UNKNOWN = aJudgement({ isBad: false, isKnown: false });

type Round = [second: number, judgement: typeof BAD];

/** Rounds one after the other; a change by hand before a round is part of its entry. */
function live(rounds: Round[], begin?: AlertItem) {
  let alert = begin;
  const told: string[] = [];
  const states: string[] = [];
  for (const [second, judgement] of rounds) {
    const step = nextAlert(alert, judgement, at(second));
    alert = step.after;
    states.push(alert.state);
    if (step.tell) told.push(`${second} ${step.tell}`);
  }
  if (!alert) throw new Error('No round');
  return { alert, states, told };
}

const silenced = (alert: AlertItem, second: number): AlertItem => ({
  ...alert,
  silence: { by: 'Olga', at: at(0), until: at(second), reason: 'Planned work' },
});

describe('an alert', () => {
  it('fires once it was bad for long enough, and resolves once it was good for long enough', () => {
    const { states, told, alert } = live([
      [0, GOOD],
      [5, BAD],
      [30, BAD],
      [35, BAD],
      [40, GOOD],
      [95, GOOD],
      [100, GOOD],
    ]);

    expect(states).toEqual(['ok', 'pending', 'pending', 'firing', 'firing', 'firing', 'resolved']);
    expect(told).toEqual(['35 firing', '100 resolved']);
    expect(alert).toMatchObject({ firedAt: at(35), since: at(100), episode: 1, told: null });
  });

  it('fires at once where its rule waits for nothing', () => {
    expect(live([[0, aJudgement({ pendingMs: 0 })]])).toMatchObject({
      states: ['firing'],
      told: ['0 firing'],
    });
  });

  it('forgets a bad moment that was too short', () => {
    const { states, told } = live([
      [0, BAD],
      [25, GOOD],
      [30, BAD],
      [55, BAD],
    ]);

    expect(states).toEqual(['pending', 'ok', 'pending', 'pending']);
    expect(told).toEqual([]);
  });

  it('goes on firing where it is bad again before it was good for long enough', () => {
    const { states } = live([
      [0, BAD],
      [30, BAD],
      [40, GOOD],
      [90, BAD],
      [95, GOOD],
      [150, GOOD],
    ]);

    expect(states.at(-1)).toBe('firing');
  });

  it('does not fire on what nobody knows, and outlasts a gap in what is known, but not for ever', () => {
    const quiet = UNKNOWN_RESOLVES_MS / 1000;
    const { states } = live([
      [0, UNKNOWN],
      [5, BAD],
      [10, UNKNOWN],
      [15, BAD],
      [45, BAD],
      [50, UNKNOWN],
      [50 + quiet - 1, UNKNOWN],
      [50 + quiet, UNKNOWN],
    ]);

    expect(states).toEqual(['ok', 'pending', 'ok', 'pending', 'firing', 'firing', 'firing', 'resolved']);
  });

  it('is new when it fires again: nobody has acknowledged it, and receivers are told again', () => {
    const { alert } = live([
      [0, BAD],
      [30, BAD],
    ]);
    const acknowledged = { ...alert, acknowledged: { by: 'Olga', at: at(31) } };

    const again = live(
      [
        [40, GOOD],
        [100, GOOD],
        [200, BAD],
        [230, BAD],
      ],
      acknowledged,
    );

    expect(again.alert).toMatchObject({ state: 'firing', episode: 2, acknowledged: null });
    expect(again.told).toEqual(['100 resolved', '230 firing']);
  });

  it('is written only where people see something else than before', () => {
    const { alert } = live([
      [0, BAD],
      [30, BAD],
    ]);
    const better = aJudgement({ evidence: [{ label: 'Refused', value: '12 %' }] });
    const { alert: calm } = live([[0, GOOD]]);
    const chatty = aJudgement({ isBad: false, sentence: 'Another number.' });

    expect(isWorthSaving(alert, nextAlert(alert, BAD, at(35)))).toBe(false);
    expect(isWorthSaving(alert, nextAlert(alert, better, at(35)))).toBe(true);
    expect(isWorthSaving(calm, nextAlert(calm, chatty, at(5)))).toBe(false);
  });
});

describe('a silence', () => {
  it('tells nobody while it is silenced, and tells when the silence ends and it still fires', () => {
    const { alert } = live([[0, BAD]]);

    const { told, alert: after } = live(
      [
        [30, BAD],
        [299, BAD],
        [300, BAD],
        [305, BAD],
      ],
      silenced(alert, 300),
    );

    expect(told).toEqual(['300 firing']);
    expect(after.silence).toBeNull();
  });

  it('tells after the silence that an alert is over which receivers believe to fire', () => {
    const { alert } = live([
      [0, BAD],
      [30, BAD],
    ]);

    const { told } = live(
      [
        [40, GOOD],
        [100, GOOD],
        [300, GOOD],
        [305, GOOD],
      ],
      silenced(alert, 300),
    );

    expect(told).toEqual(['300 resolved']);
  });

  it('tells nothing of what began and ended in a silence', () => {
    const { alert } = live([[0, BAD]]);

    const { told } = live(
      [
        [30, BAD],
        [40, GOOD],
        [100, GOOD],
        [400, GOOD],
      ],
      silenced(alert, 300),
    );

    expect(told).toEqual([]);
  });
});

type Chance = { afterMs: number; judgement: typeof BAD; silencedForMs: number | null };

const anyRounds: fc.Arbitrary<Chance[]> = fc.array(
  fc.record({
    afterMs: fc.integer({ min: 0, max: 90_000 }),
    judgement: fc.constantFrom(BAD, GOOD, UNKNOWN),
    silencedForMs: fc.option(fc.integer({ min: 1, max: 200_000 }), { freq: 8 }),
  }),
  { maxLength: 60 },
);

/** What receivers were told in these rounds, in order. */
function toldIn(rounds: Chance[]): string[] {
  let nowMs = 0;
  let alert: AlertItem | undefined;
  return rounds.flatMap(({ afterMs, judgement, silencedForMs }) => {
    nowMs += afterMs;
    const before = alert && silencedForMs ? silenced(alert, (nowMs + silencedForMs) / 1000) : alert;
    const { after, tell } = nextAlert(before, judgement, at(nowMs / 1000));
    alert = after;
    return tell ? [after.silence ? 'told in a silence' : tell] : [];
  });
}

it('tells firing and resolved in turn, and nothing in a silence, whatever happens', () => {
  fc.assert(
    fc.property(anyRounds, (rounds) => {
      const told = toldIn(rounds);
      expect(told).not.toContain('told in a silence');
      expect(told.filter((kind, index) => kind === 'resolved' && told[index - 1] !== 'firing')).toEqual([]);
    }),
  );
});
