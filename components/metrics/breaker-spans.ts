import type { Breaker, BreakerChange, BreakerState } from '@/lib/shared/breaker';

/** A state that a breaker was in from one moment to another; null where it is not known. */
export type BreakerSpan = { fromMs: number; toMs: number; state: BreakerState | null };

type Time = { fromMs: number; toMs: number };

/**
 * The states of one breaker over a time, from its changes in that time (oldest first) and where it stands today. What it was
 * in a time without any change is known only where it has not changed since.
 */
export function breakerSpans(
  { table, state, since }: Pick<Breaker, 'table' | 'state' | 'since'>,
  history: readonly BreakerChange[],
  { fromMs, toMs }: Time,
): BreakerSpan[] {
  const changes = history.filter(
    (change) => change.table === table && Date.parse(change.at) > fromMs && Date.parse(change.at) < toMs,
  );
  const before = changes[0]?.from ?? (Date.parse(since) <= toMs ? state : null);
  const spans: BreakerSpan[] = [{ fromMs, toMs, state: before }];
  for (const { at, to } of changes) {
    const atMs = Date.parse(at);
    const last = spans.at(-1);
    if (last) last.toMs = atMs;
    spans.push({ fromMs: atMs, toMs, state: to });
  }
  return spans;
}
