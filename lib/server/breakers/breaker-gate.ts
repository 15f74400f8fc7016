import { isBreakerOpen, newBreakerRefusal } from '@/lib/server/breakers/breaker-refusal';
import { breakers, gateOf } from '@/lib/server/breakers/breakers';
import { callOutcomes } from '@/lib/server/breakers/call-outcomes';
import {
  beginProbe,
  type Gate,
  noteCall as noteGateCall,
  noteProbe,
  verdict,
} from '@/lib/server/breakers/gate';
import { isStrained } from '@/lib/server/breakers/process-strain';
import { refusalOf } from '@/lib/server/breakers/refusal-sentence';
import type { Call, CallEnd } from '@/lib/server/dynamodb-call';
import { env } from '@/lib/server/env';

const probing = new WeakMap<Call, Set<string>>();

/**
 * Lets a call pass, or refuses it because the breaker of one of its tables is open.
 * @throws the refusal, which `classifyError` makes a THROTTLING with the seconds to wait
 */
export function admitCall(call: Call): void {
  const nowMs = Date.now();
  const gates = gatesOf(call, nowMs);
  if (gates.length === 0) return;
  breakers.lastWriteMs = nowMs;
  const verdicts = gates.map((gate) => ({ gate, is: verdict(gate, breakers.processId, nowMs) }));
  const refusing = verdicts.find(({ is }) => is === 'refuse');
  if (refusing) throw newRefusal(refusing.gate, nowMs);

  const probed = verdicts.filter(({ is }) => is === 'probe').map(({ gate }) => gate);
  for (const gate of probed) beginProbe(gate, breakers.processId, nowMs);
  if (probed.length > 0) probing.set(call, new Set(probed.map(({ table }) => table)));
}

/** Tells the breakers of a call's tables how it ended. */
export function noteCall(call: Call, end: CallEnd): void {
  if ('thrown' in end && isBreakerOpen(end.thrown)) return;
  const nowMs = Date.now();
  const gates = gatesOf(call, nowMs);
  if (gates.length === 0) return;
  const isTooBusy = isStrained(nowMs);
  const telling = callOutcomes(call, end).filter(({ outcome }) => outcome !== 'unanswered' || !isTooBusy);
  const outcomes = new Map(telling.map((outcome) => [outcome.table, outcome]));
  for (const gate of gates) {
    const { outcome, message } = outcomes.get(gate.table) ?? {};
    if (probing.get(call)?.has(gate.table)) noteProbe(gate, outcome, nowMs, message);
    else if (outcome) noteGateCall(gate, outcome, nowMs, message);
  }
}

/**
 * Refuses work that would write to this table and meet an open breaker, before any of it begins.
 * @throws {Error} the refusal, as a write would meet it
 */
export function requireClosedBreaker(table: string): void {
  const nowMs = Date.now();
  if (isRefusingWrites(table)) throw newRefusal(gateOf(breakers, table, nowMs), nowMs);
}

/** Whether a write to this table would be refused at this moment. */
export function isRefusingWrites(table: string): boolean {
  const nowMs = Date.now();
  return verdict(gateOf(breakers, table, nowMs), breakers.processId, nowMs) === 'refuse';
}

function newRefusal({ table, standing }: Gate, nowMs: number): Error {
  const { message, retryAfterSeconds } = refusalOf(table, standing, nowMs);
  return newBreakerRefusal(message, { table, retryAfterSeconds });
}

/** Writes of items only. The table that holds the breakers has none: its failure must not stop anything else. */
function gatesOf({ action, tables, isWrite }: Call, nowMs: number): Gate[] {
  if (!isWrite || !/Items?$/.test(action)) return [];
  return tables.filter((table) => table !== env.METRICS_TABLE).map((table) => gateOf(breakers, table, nowMs));
}
