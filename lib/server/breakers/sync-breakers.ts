import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { readStandings, standingWrites } from '@/lib/server/breakers/breaker-store';
import { type Breakers, followStored } from '@/lib/server/breakers/breakers';
import { endOverride } from '@/lib/server/breakers/end-override';
import { adopt, apply, type Gate, PROBES } from '@/lib/server/breakers/gate';
import { probeTable } from '@/lib/server/breakers/probe-table';
import { halfOpened, isHeld, isProbeDue, type Move } from '@/lib/server/breakers/standing';
import { classifyError } from '@/lib/server/classify-error';
import { documentClient } from '@/lib/server/dynamodb';
import { log } from '@/lib/server/log';
import { refusalAt } from '@/lib/server/stored-item';

/** What others have changed is known so long after it; a process that writes nothing for a while does not ask. */
const READ_EVERY_MS = 1000;
const IDLE_AFTER_MS = 10_000;

type Round = { nowMs: number; requestId: string; probe?: (table: string) => Promise<unknown> };

/**
 * Exchanges with the store what this process and others know of the breakers, takes the probing of those whose time has
 * come, and probes. Where the store does not answer, this process decides for itself. Never throws.
 */
export async function syncBreakers(breakers: Breakers, round: Round): Promise<void> {
  if (!isWorthwhile(breakers, round.nowMs)) return;
  await asFarAsStored(breakers, round, () => exchange(breakers, round));
  await Promise.all([...breakers.gates.values()].map((gate) => probeOut(breakers, gate, round)));
  await asFarAsStored(breakers, round, () => saveAll(breakers, round));
}

function isWorthwhile({ gates, lastReadMs, lastWriteMs }: Breakers, nowMs: number): boolean {
  const standing = [...gates.values()];
  if (standing.some((gate) => gate.unsaved.length > 0 || isProbeDue(gate.standing, nowMs))) return true;
  const isBusy = nowMs - lastWriteMs < IDLE_AFTER_MS;
  const isOff = standing.some(({ standing: { state, override } }) => state !== 'closed' || override !== null);
  return (isBusy || isOff) && nowMs - lastReadMs >= READ_EVERY_MS;
}

async function exchange(breakers: Breakers, round: Round): Promise<void> {
  const { nowMs } = round;
  followStored(breakers, await readStandings(), nowMs);
  breakers.lastReadMs = nowMs;
  await saveAll(breakers, round);
  for (const gate of breakers.gates.values()) {
    if (gate.standing.override && !isHeld(gate.standing, nowMs)) await endOverride(gate, round);
    if (isProbeDue(gate.standing, nowMs)) await claim(breakers, gate, round);
  }
}

async function saveAll({ gates }: Breakers, { requestId }: Round): Promise<void> {
  for (const gate of gates.values()) {
    if (gate.unsaved.length > 0) await save(gate, requestId);
  }
}

/** Stores the changes of this process, unless another one was quicker: then what it stored is read next. */
async function save(gate: Gate, requestId: string): Promise<void> {
  const { table, standing, storedVersion, unsaved } = gate;
  const stored = { standing, version: storedVersion, changes: unsaved };
  if (!(await sent(standingWrites(table, stored)))) return;
  for (const change of unsaved) {
    log.warn('breaker changed', { requestId, operation: 'syncBreakers', table, ...change });
  }
  // Meanwhile a call may have moved it on.
  gate.storedVersion = Math.max(gate.storedVersion, standing.version);
  gate.unsaved = gate.unsaved.slice(unsaved.length);
}

/** Of all processes that want to probe, one stores that it does. */
async function claim({ processId }: Breakers, gate: Gate, { nowMs }: Round): Promise<void> {
  const move: Move = halfOpened(gate.standing, processId, nowMs);
  const { table, storedVersion } = gate;
  const stored = { standing: move.to, version: storedVersion, changes: [move.change] };
  if (await sent(standingWrites(table, stored))) adopt(gate, move.to);
}

async function sent(TransactItems: ReturnType<typeof standingWrites>): Promise<boolean> {
  try {
    await documentClient.send(new TransactWriteCommand({ TransactItems }));
    return true;
  } catch (thrown) {
    if (refusalAt(thrown, 0) === undefined) throw thrown;
    return false;
  }
}

/** Sends writes until the gate has seen enough of them, or one of them fail. */
async function probeOut({ processId }: Breakers, gate: Gate, { probe = probeTable }: Round): Promise<void> {
  for (let count = 0; count < PROBES; count++) {
    const { state, proberId } = gate.standing;
    if (state !== 'half_open' || proberId !== processId) return;
    await probe(gate.table).catch(() => undefined);
  }
}

/** Does something with the store. Where that fails, breakers that are to be probed are probed all the same. */
async function asFarAsStored(breakers: Breakers, round: Round, run: () => Promise<void>): Promise<void> {
  const { nowMs, requestId } = round;
  try {
    await run();
    breakers.storeProblem = null;
  } catch (thrown) {
    const { code, message } = classifyError(thrown);
    if (breakers.storeProblem === null) {
      const what = { requestId, operation: 'syncBreakers', code, reason: message };
      log.warn('store of the breakers does not answer, this process decides for itself', what);
    }
    breakers.storeProblem = message;
    breakers.lastReadMs = nowMs;
    for (const gate of breakers.gates.values()) {
      if (isProbeDue(gate.standing, nowMs)) apply(gate, halfOpened(gate.standing, breakers.processId, nowMs));
    }
  }
}
