import type { Tone } from '@/components/ui/tone';
import type { Breaker, BreakerCounts, BreakerState } from '@/lib/shared/breaker';

export const STATE_TONES: Record<BreakerState, Tone> = {
  closed: 'success',
  half_open: 'warning',
  open: 'danger',
};

/** What people call a table: "Failed items" for FAILED_ITEMS_TABLE. */
export function tableLabel({ table, variable }: Pick<Breaker, 'table' | 'variable'>): string {
  const words = variable
    .replace(/_TABLE$/, '')
    .replaceAll('_', ' ')
    .toLowerCase();
  return words === '' ? table : `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}

/** All breakers in one sentence: which tables are not written to, or that all are. */
export function breakerSentence(breakers: readonly Breaker[]): string {
  const off = breakers.filter(({ state }) => state !== 'closed');
  const held = breakers.filter(({ state, override }) => state === 'closed' && override);
  if (off.length > 0) {
    const names = listOf(off.map(tableLabel));
    return off.length === 1
      ? `The breaker of ${names} is ${off[0]?.state === 'open' ? 'open' : 'half open'}: writes to this table are refused at once.`
      : `The breakers of ${names} are not closed: writes to these tables are refused at once.`;
  }
  if (held.length > 0) return `Writes pass. The breaker of ${listOf(held.map(tableLabel))} is held closed.`;
  return 'All breakers are closed: writes pass.';
}

/** The writes of the last seconds: "20 of 24 failed", "none". */
export function countsText({ passed, ...failures }: BreakerCounts): string {
  const failed = Object.values(failures).reduce((sum, count) => sum + count, 0);
  if (passed + failed === 0) return 'none';
  return failed === 0 ? `${passed}, all passed` : `${failed} of ${passed + failed} failed`;
}

/** The time to the next probe: "in 4 s"; "now" where it is due. */
export function untilText(instant: string, nowMs: number): string {
  const seconds = Math.ceil((Date.parse(instant) - nowMs) / 1000);
  return seconds > 0 ? `in ${seconds} s` : 'now';
}

function listOf(names: readonly string[]): string {
  return new Intl.ListFormat('en', { type: 'conjunction' }).format(names);
}
