import { countAuditLog } from '@/lib/server/audit-log/read/count-audit-log';
import type { AuditExportPlan, AuditFilter } from '@/lib/shared/audit-log';

/** Events as young as this may still be on their way. */
const SETTLE_MS = 5000;

/**
 * How many rows an export will have: its end is frozen, so that it is the same when it is downloaded.
 * @throws {AppError} what DynamoDB answered
 */
export async function planExport(filter: AuditFilter, requestId: string): Promise<AuditExportPlan> {
  const settled = new Date(Date.now() - SETTLE_MS).toISOString();
  const to = filter.to !== undefined && filter.to < settled ? filter.to : settled;
  return { rows: await countAuditLog({ ...filter, to }, requestId), to };
}
