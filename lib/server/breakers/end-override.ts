import { adopt, type Gate } from '@/lib/server/breakers/gate';
import { released } from '@/lib/server/breakers/standing';
import { writeOverride } from '@/lib/server/breakers/write-override';
import { SYSTEM } from '@/lib/shared/audit-event';

/**
 * Ends an override whose time is over; of all processes one stores it.
 * @throws {AppError} what DynamoDB answered
 */
export async function endOverride(
  gate: Gate,
  { nowMs, requestId }: { nowMs: number; requestId: string },
): Promise<void> {
  const before = gate.standing;
  const move = released(before, { reason: 'The time of the override is over', by: null }, nowMs);
  const writing = { table: gate.table, before, move, author: SYSTEM, requestId };
  if (await writeOverride(writing)) adopt(gate, move.to);
}
