import { createHash } from 'node:crypto';
import {
  type ExportFormat,
  exportHead,
  exportLine,
  exportTail,
} from '@/lib/server/audit-log/export/export-format';
import { planExport } from '@/lib/server/audit-log/export/plan-export';
import { namesOf } from '@/lib/server/audit-log/read/people';
import { walkAuditLog } from '@/lib/server/audit-log/read/walk-audit-log';
import { recordExport } from '@/lib/server/audit-log/record-export';
import { newestSeal } from '@/lib/server/audit-log/seals/seal-item';
import type { Download } from '@/lib/server/route';
import type { AuditExportQuery, AuditFilter } from '@/lib/shared/audit-log';
import type { Actor } from '@/lib/shared/session';

/**
 * The events of a filter as a file, made while it is sent, in memory that does not grow with it. It ends with a manifest; one that
 * was broken off goes on behind the reference of its last whole line. Downloading is an event itself.
 * @throws {AppError} before the first byte: VALIDATION_ERROR for an `after` that is no event, or what DynamoDB answered
 */
export async function exportAuditLog(
  { format, order, after, ...given }: AuditExportQuery,
  { actor, requestId }: { actor: Actor; requestId: string },
): Promise<Download> {
  const { rows, to } = await planExport(given, requestId);
  const filter = { ...given, to };
  await recordExport({
    ...{ action: 'EXPORT_AUDIT_LOG', name: 'audit-log', rows, actor, requestId },
    filter: { ...filter, format, order, after },
  });
  return {
    fileName: `audit-log-${to.slice(0, 10)}.${format}`,
    contentType: format === 'csv' ? 'text/csv; charset=utf-8' : 'application/x-ndjson',
    text: exportText({ filter, format, order, after, requestId }),
  };
}

type Export = {
  filter: AuditFilter;
  format: ExportFormat;
  order: AuditExportQuery['order'];
  after: string | undefined;
  requestId: string;
};

async function* exportText({ filter, format, order, after, requestId }: Export): AsyncGenerator<string> {
  const hash = createHash('sha256');
  const hashed = (text: string) => {
    hash.update(text);
    return text;
  };
  let rows = 0;
  // A part that goes on behind another is joined to it as it is.
  if (after === undefined) yield hashed(exportHead(format));
  for await (const group of walkAuditLog(filter, { order, after, requestId })) {
    const names = await namesOf(
      group.map(({ event }) => event.actor.id),
      requestId,
    );
    rows += group.length;
    yield hashed(group.map((event) => exportLine(event, format, names)).join(''));
  }
  yield exportTail({
    filter: asTexts({ ...filter, after }),
    ...{ format, rows, sha256: hash.digest('hex'), exportedAt: new Date().toISOString() },
    newestSeal: await newestSeal(requestId),
  });
}

function asTexts(filter: Record<string, unknown>): Record<string, string> {
  const given = Object.entries(filter).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given.map(([name, value]) => [name, String(value)]));
}
