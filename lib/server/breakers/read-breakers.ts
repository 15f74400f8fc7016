import { readHistory, readStandings } from '@/lib/server/breakers/breaker-store';
import { breakers, followStored, gateOf } from '@/lib/server/breakers/breakers';
import { countCalls, WINDOW_SECONDS } from '@/lib/server/breakers/call-window';
import { isHeld } from '@/lib/server/breakers/standing';
import { classifyError } from '@/lib/server/classify-error';
import { env, tableVariable } from '@/lib/server/env';
import { log } from '@/lib/server/log';
import { TABLES } from '@/lib/server/tables';
import type { Breaker, Breakers as BreakersAnswer, BreakersQuery } from '@/lib/shared/breaker';

const DAY_MS = 24 * 60 * 60 * 1000;

/** The tables that have a breaker: all but the one that holds the breakers themselves. */
export function breakerTables(): string[] {
  return TABLES.map(({ name }) => name).filter((name) => name !== env.METRICS_TABLE);
}

/**
 * Where the breakers of all tables stand, and how they came there: the last 24 hours unless asked otherwise. Where the store
 * does not answer it says so, and answers what this process knows.
 */
export async function readBreakers({ from, to }: BreakersQuery, requestId: string): Promise<BreakersAnswer> {
  const nowMs = Date.now();
  const end = to ?? new Date(nowMs).toISOString();
  const begin = from ?? new Date(Date.parse(end) - DAY_MS).toISOString();
  const { history, isHistoryCut, storeProblem } = await readStored(begin, end, requestId);
  return {
    breakers: breakerTables().map((table) => breakerOf(table, nowMs)),
    ...{ history, isHistoryCut, storeProblem },
    windowSeconds: WINDOW_SECONDS,
    now: new Date(nowMs).toISOString(),
  };
}

async function readStored(from: string, to: string, requestId: string) {
  try {
    const [standings, { changes, isCut }] = await Promise.all([readStandings(), readHistory(from, to)]);
    followStored(breakers, standings, Date.now());
    return { history: changes, isHistoryCut: isCut, storeProblem: null };
  } catch (thrown) {
    const { code, message } = classifyError(thrown);
    const context = { requestId, operation: 'readBreakers', code, reason: message };
    log.warn('store of the breakers does not answer', context);
    return { history: [], isHistoryCut: false, storeProblem: message };
  }
}

function breakerOf(table: string, nowMs: number): Breaker {
  const { standing, window } = gateOf(breakers, table, nowMs);
  const { state, sinceMs, reason, untilMs, override } = standing;
  const isHeldNow = isHeld(standing, nowMs);
  return {
    table,
    variable: tableVariable(table) ?? '',
    state,
    since: new Date(sinceMs).toISOString(),
    reason,
    nextProbeAt: state === 'open' && !isHeldNow ? new Date(untilMs).toISOString() : null,
    override: isHeldNow ? override : null,
    counts: countCalls(window, nowMs),
  };
}
