import { readStandings } from '@/lib/server/breakers/breaker-store';
import { breakers, gateOf } from '@/lib/server/breakers/breakers';
import { adopt } from '@/lib/server/breakers/gate';
import { breakerTables, readBreakers } from '@/lib/server/breakers/read-breakers';
import {
  closedStanding,
  type Move,
  overridden,
  released,
  type Standing,
} from '@/lib/server/breakers/standing';
import { writeOverride } from '@/lib/server/breakers/write-override';
import { AppError } from '@/lib/shared/app-error';
import type { BreakerCommand, Breakers } from '@/lib/shared/breaker';
import type { Actor } from '@/lib/shared/session';

/** How often a change that another process makes at the same moment is looked at anew. */
const MOST_ATTEMPTS = 5;

/**
 * Holds the breaker of a table open or closed until an instant, or ends that. This process follows at once, the others within a
 * second.
 * @throws {AppError} VALIDATION_ERROR for a table without a breaker, CONDITIONAL_FAILED where no override is on to be ended
 */
export async function overrideBreaker(
  command: BreakerCommand,
  actor: Actor,
  requestId: string,
): Promise<Breakers> {
  const { table } = command;
  if (!breakerTables().includes(table)) throw unknownTable(table);
  for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
    const nowMs = Date.now();
    const before = (await readStandings()).get(table) ?? closedStanding(nowMs);
    const move = moveOf(command, { before, actor, nowMs });
    if (await writeOverride({ table, before, move, author: actor, requestId })) {
      adopt(gateOf(breakers, table, nowMs), move.to);
      return readBreakers({}, requestId);
    }
  }
  throw new AppError('CONDITIONAL_FAILED', 'This breaker changes at this moment: look again');
}

type Situation = { before: Standing; actor: Actor; nowMs: number };

function moveOf(command: BreakerCommand, { before, actor, nowMs }: Situation): Move {
  const { reason } = command;
  if (command.override !== null) {
    const at = new Date(nowMs).toISOString();
    const override = { state: command.override, reason, by: actor.name, at, until: command.until };
    return overridden(before, override, nowMs);
  }
  if (before.override) return released(before, { reason, by: actor.name }, nowMs);
  throw new AppError('CONDITIONAL_FAILED', 'No override of this breaker is on: look again');
}

function unknownTable(table: string): AppError {
  const message = `No table of this product has that name, or it has no breaker: "${table}"`;
  return new AppError('VALIDATION_ERROR', message, { fields: [{ field: 'table', message, value: table }] });
}
