import { exportAuditLog } from '@/lib/server/audit-log/export/export-audit-log';
import { newRequestId } from '@/lib/server/request-id';
import { auditExportQuerySchema } from '@/lib/shared/audit-log';
import { forgetPeak, peakMemory, residentMemory } from '@/tests/bench/peak-memory';

export type Exported = { rows: number; seconds: number; startMiB: number; peakMiB: number };

const AUDITOR = {
  ...{ id: 'user_auditor', role: 'auditor' as const, department: 'Internal Audit', name: 'Audrey Tor' },
  ...{ email: 'auditor@example.edu', courseIds: [] },
};

/** Exports the single events of a trail and throws the bytes away: what memory the process takes for it. */
export async function exportTrail(): Promise<Exported> {
  const action = 'UPDATE_ASSIGNMENT,SIGN_IN,SIGN_OUT,START_BATCH,FINISH_BATCH,RETRY_FAILED_ITEM';
  const query = auditExportQuerySchema.parse({ format: 'ndjson', action });
  const startMiB = residentMemory(process.pid);
  forgetPeak(process.pid);
  const began = performance.now();
  const { text } = await exportAuditLog(query, { actor: AUDITOR, requestId: newRequestId() });
  let rows = -1;
  for await (const part of text) rows += part.split('\n').length - 1;
  const seconds = (performance.now() - began) / 1000;
  return { rows, seconds, startMiB, peakMiB: peakMemory(process.pid) };
}
