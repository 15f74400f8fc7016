import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CallOutcome } from '@/lib/server/breakers/call-window';
import {
  beginProbe,
  type Gate,
  newGate,
  noteCall,
  noteProbe,
  OVERDUE_MS,
  verdict,
} from '@/lib/server/breakers/gate';
import { FIRST_WAIT_MS, LONGEST_WAIT_MS, overridden, RELAPSE_MS } from '@/lib/server/breakers/standing';

const START = Date.parse('2026-10-01T10:00:00.000Z');
const ME = 'this-process';

type Counted = [outcome: CallOutcome, calls: number];

/** A gate after these calls, of which each group is spread evenly over as many seconds. */
function gateAfter(groups: Counted[], seconds = 5): { gate: Gate; nowMs: number } {
  const gate = newGate('Assignments', START);
  for (let second = 0; second < seconds; second++) {
    for (const [outcome, calls] of groups) {
      const share = Math.floor((calls * (second + 1)) / seconds) - Math.floor((calls * second) / seconds);
      for (let call = 0; call < share; call++) noteCall(gate, outcome, START + second * 1000, `${outcome}!`);
    }
  }
  return { gate, nowMs: START + (seconds - 1) * 1000 };
}

const stateAfter = (groups: Counted[], seconds?: number) => gateAfter(groups, seconds).gate.standing.state;

/** Twenty writes that fail within the three seconds before an instant, the last one at it. */
function failTwenty(gate: Gate, outcome: CallOutcome, atMs: number): void {
  for (let call = 0; call < 20; call++)
    noteCall(gate, outcome, atMs - 2000 + 1000 * Math.floor(call / 8), outcome);
}

/** An open breaker, as it stands at its first moment. */
function anOpenGate() {
  const gate = newGate('Assignments', START);
  failTwenty(gate, 'unanswered', START);
  return gate;
}

/** Lets the three probes of a half-open gate end. */
function probeAll(gate: Gate, outcome: CallOutcome, nowMs: number): void {
  for (let probe = 0; probe < 3; probe++) {
    beginProbe(gate, ME, nowMs);
    noteProbe(gate, outcome, nowMs, `${outcome}!`);
  }
}

describe('a breaker opens', () => {
  it.each<[string, Counted[]]>([
    [
      'half of the calls get no answer',
      [
        ['unanswered', 10],
        ['passed', 10],
      ],
    ],
    ['the table is missing', [['missing', 20]]],
    ['the role may not write', [['denied', 20]]],
    [
      'nearly everything is refused for throughput',
      [
        ['throttled', 17],
        ['passed', 3],
      ],
    ],
    ['batch calls are refused and nothing else passes', [['batchThrottled', 20]]],
  ])('where %s', (_, groups) => {
    expect(stateAfter(groups)).toBe('open');
  });

  it('and says how many calls failed, and how', () => {
    const denied = gateAfter([['denied', 20]]).gate;
    const throttled = gateAfter([['throttled', 20]]).gate;

    expect(denied.standing.reason).toBe('20 of 20 writes in 10 seconds failed: denied!');
    expect(throttled.standing.reason).toBe('20 of 20 writes in 10 seconds were refused for throughput');
  });
});

describe('a breaker stays closed', () => {
  it.each<[string, Counted[], number]>([
    [
      'fewer than half of the calls fail',
      [
        ['unanswered', 9],
        ['passed', 11],
      ],
      5,
    ],
    ['there are too few calls to judge by', [['missing', 19]], 5],
    ['refusals for throughput are a burst', [['throttled', 200]], 2],
    [
      'half of the calls are refused for throughput: they are retried',
      [
        ['throttled', 50],
        ['passed', 50],
      ],
      5,
    ],
    [
      'a batch saturates the table and still gets rows through',
      [
        ['batchPassed', 5],
        ['batchThrottled', 200],
        ['throttled', 50],
      ],
      8,
    ],
    [
      'creates pass while every call of a batch is refused',
      [
        ['passed', 5],
        ['batchThrottled', 200],
      ],
      8,
    ],
  ])('where %s', (_, groups, seconds) => {
    expect(stateAfter(groups, seconds)).toBe('closed');
  });

  it('where the failures before are ten seconds old', () => {
    const { gate } = gateAfter([['missing', 19]], 1);

    failTwenty(gate, 'passed', START + 9000);
    for (let call = 0; call < 19; call++) noteCall(gate, 'missing', START + 10_000, 'missing');

    expect(gate.standing.state).toBe('closed');
  });
});

describe('an open breaker', () => {
  it('refuses everything until its probe is due, and looks after itself where nobody has probed by then', () => {
    const gate = anOpenGate();

    expect(verdict(gate, ME, START + FIRST_WAIT_MS - 1)).toBe('refuse');
    expect(verdict(gate, ME, START + FIRST_WAIT_MS + OVERDUE_MS)).toBe('probe');
  });

  it('closes after three probes that pass', () => {
    const gate = anOpenGate();

    probeAll(gate, 'passed', START + FIRST_WAIT_MS);

    expect(gate.standing.state).toBe('closed');
    expect(verdict(gate, ME, START + FIRST_WAIT_MS)).toBe('pass');
    expect(gate.unsaved.map(({ from, to }) => `${from} ${to}`)).toEqual([
      'closed open',
      'open half_open',
      'half_open closed',
    ]);
  });

  it('lets no other process probe, and no more probes than it needs', () => {
    const gate = anOpenGate();
    const nowMs = START + FIRST_WAIT_MS;

    for (let probe = 0; probe < 3; probe++) beginProbe(gate, ME, nowMs);

    expect(verdict(gate, 'another-process', nowMs)).toBe('refuse');
    expect(verdict(gate, ME, nowMs)).toBe('refuse');
  });

  it('waits twice as long after each probe in vain, and after a relapse', () => {
    const gate = anOpenGate();
    const waits: number[] = [];
    for (let round = 0; round < 6; round++) {
      probeAll(gate, 'throttled', gate.standing.untilMs);
      waits.push(gate.standing.waitMs);
    }
    expect(waits).toEqual([10_000, 20_000, 40_000, LONGEST_WAIT_MS, LONGEST_WAIT_MS, LONGEST_WAIT_MS]);

    const closedAt = gate.standing.untilMs;
    probeAll(gate, 'passed', closedAt);
    failTwenty(gate, 'missing', closedAt + 3000);
    expect(gate.standing).toMatchObject({ state: 'open', waitMs: LONGEST_WAIT_MS });
  });

  it('begins with the shortest wait where it has been well for long', () => {
    const gate = anOpenGate();
    probeAll(gate, 'missing', START + FIRST_WAIT_MS);
    const closedAt = gate.standing.untilMs;
    probeAll(gate, 'passed', closedAt);

    failTwenty(gate, 'missing', closedAt + RELAPSE_MS);

    expect(gate.standing).toMatchObject({ state: 'open', waitMs: FIRST_WAIT_MS });
  });
});

describe('an overridden breaker', () => {
  const held = (state: 'open' | 'closed', untilMs: number) => ({
    ...{ state, reason: 'Test', by: 'Ada' },
    ...{ at: new Date(START).toISOString(), until: new Date(untilMs).toISOString() },
  });

  it('stays closed whatever is counted, until the override ends', () => {
    const gate = newGate('Assignments', START);
    gate.standing = overridden(gate.standing, held('closed', START + 60_000), START).to;

    failTwenty(gate, 'missing', START + 5000);
    expect(verdict(gate, ME, START + 5000)).toBe('pass');

    failTwenty(gate, 'missing', START + 60_000);
    failTwenty(gate, 'missing', START + 63_000);
    expect(verdict(gate, ME, START + 63_000)).toBe('refuse');
  });

  it('stays open until the override ends, and is probed then', () => {
    const gate = newGate('Assignments', START);
    gate.standing = overridden(gate.standing, held('open', START + 3_600_000), START).to;

    expect(verdict(gate, ME, START + 3_599_999)).toBe('refuse');
    expect(verdict(gate, ME, START + 3_600_000 + OVERDUE_MS)).toBe('probe');
  });
});

type Step = { afterMs: number; calls: number; outcome: CallOutcome };

/** A write that ends at once, if the gate lets it; the gate must not let it pass before its time. */
function write(gate: Gate, outcome: CallOutcome, nowMs: number): void {
  const { state, untilMs } = gate.standing;
  const is = verdict(gate, ME, nowMs);
  if (state !== 'closed' && nowMs < untilMs) expect(is).not.toBe('pass');
  if (state === 'open' && nowMs < untilMs) expect(is).toBe('refuse');
  if (is === 'pass') noteCall(gate, outcome, nowMs, outcome);
  if (is !== 'probe') return;
  beginProbe(gate, ME, nowMs);
  noteProbe(gate, outcome, nowMs, outcome);
}

describe('whatever happens', () => {
  const step: fc.Arbitrary<Step> = fc.record({
    afterMs: fc.integer({ min: 0, max: 8000 }),
    calls: fc.integer({ min: 1, max: 30 }),
    outcome: fc.constantFrom('passed', 'throttled', 'unanswered', 'missing', 'batchThrottled'),
  });

  it('no write passes an open breaker before its time, and each one is probed again', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const gate = newGate('Assignments', START);
        let nowMs = START;
        for (const { afterMs, calls, outcome } of steps) {
          nowMs += afterMs;
          for (let call = 0; call < calls; call++) write(gate, outcome, nowMs);
        }
        const dueMs = Math.max(nowMs, gate.standing.untilMs);
        expect(verdict(gate, ME, dueMs + OVERDUE_MS)).not.toBe('refuse');
        expect(dueMs - nowMs).toBeLessThanOrEqual(LONGEST_WAIT_MS);
      }),
    );
  });
});
