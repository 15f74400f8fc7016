import { readStandings } from '@/lib/server/breakers/breaker-store';
import { tableVariable } from '@/lib/server/env';
import { BREAKER_STATE_LABELS } from '@/lib/shared/breaker';
import type { Judgement } from '@/lib/shared/objective';

const RULE = {
  ...{ ruleId: 'breaker-open', title: 'Breaker open', severity: 'page' as const, series: null },
  ...{ isKnown: true, pendingMs: 0, resolveMs: 15_000 },
};

/**
 * Whether writes to a table are refused because its breaker is not closed.
 * @throws what DynamoDB answered
 */
export async function judgeBreakers(): Promise<Judgement[]> {
  const open = [...(await readStandings())].filter(([, { state }]) => state !== 'closed');
  const names = open.map(([table]) => tableVariable(table) ?? table);
  const evidence = open.map(([, { state, reason }], index) => ({
    label: names[index] ?? '',
    value: `${BREAKER_STATE_LABELS[state]}: ${reason ?? 'no reason is known'}`,
  }));
  const sentence =
    open.length === 0 ? 'Every breaker is closed.' : `Writes are refused for ${names.join(', ')}.`;
  return [{ ...RULE, isBad: open.length > 0, sentence, evidence }];
}
