import { settingEvent } from '@/lib/server/audit-log/setting-event';
import { writeWithEvent } from '@/lib/server/audit-log/write-with-event';
import { standingWrites } from '@/lib/server/breakers/breaker-store';
import type { Move, Standing } from '@/lib/server/breakers/standing';
import { refusalAt } from '@/lib/server/stored-item';
import type { AuditAuthor } from '@/lib/shared/audit-event';

type Writing = { table: string; before: Standing; move: Move; author: AuditAuthor; requestId: string };

/**
 * Stores that an override begins or ends, in the history and with its audit event.
 * @returns false where the breaker has changed meanwhile; then nothing is written
 * @throws {AppError} what DynamoDB answered
 */
export async function writeOverride({ table, before, move, author, requestId }: Writing): Promise<boolean> {
  const { to, change } = move;
  const event = settingEvent({
    action: to.override ? 'OVERRIDE_BREAKER' : 'END_BREAKER_OVERRIDE',
    name: `breaker ${table}`,
    changes: {
      override: { before: before.override?.state ?? null, after: to.override?.state ?? null },
      until: { before: before.override?.until ?? null, after: to.override?.until ?? null },
    },
    ...{ reason: change.reason, author, requestId, time: change.at },
  });
  const stored = { standing: to, version: before.version, changes: [change] };
  try {
    const writes = standingWrites(table, stored);
    await writeWithEvent({ writes, event, operation: 'overrideBreaker', requestId });
    return true;
  } catch (thrown) {
    if (refusalAt(thrown, 0) !== 'ConditionalCheckFailed') throw thrown;
    return false;
  }
}
