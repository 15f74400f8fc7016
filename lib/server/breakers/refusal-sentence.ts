import { isHeld, type Standing } from '@/lib/server/breakers/standing';
import { tableVariable } from '@/lib/server/env';

/** An override may be ended before its time, so nobody is sent away for longer. */
const LONGEST_ADVICE_SECONDS = 60;

/** What a write is told that an open breaker refuses: since when and why it is open, and when trying again makes sense. */
export function refusalOf(
  table: string,
  standing: Standing,
  nowMs: number,
): { message: string; retryAfterSeconds: number } {
  const { sinceMs, reason, override } = standing;
  const seconds = Math.max(1, Math.ceil((standing.untilMs - nowMs) / 1000));
  const retryAfterSeconds = Math.min(seconds, LONGEST_ADVICE_SECONDS);
  const variable = tableVariable(table);
  const name = `table "${table}"${variable ? ` (${variable})` : ''}`;
  const why =
    override && isHeld(standing, nowMs) ? `${override.by} holds it open: ${override.reason}` : reason;
  const message = `The breaker of ${name} is open since ${timeOf(sinceMs)}, so nothing was sent. ${why}`;
  return { message, retryAfterSeconds };
}

const timeOf = (ms: number) => `${new Date(ms).toISOString().slice(11, 19)} UTC`;
