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
import { AppError } from '@/lib/shared/app-error';
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
  if (after !== undefined) await walkAuditLog(filter, { order, after, requestId }).next();
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

/** A part that goes on behind another is hashed and counted from the beginning, so that the joined file can be verified as a whole. */
async function* exportText({ filter, format, order, after, requestId }: Export): AsyncGenerator<string> {
  const hash = createHash('sha256');
  let rows = 0;
  let isSending = after === undefined;
  const head = exportHead(format);
  hash.update(head);
  if (isSending) yield head;
  for await (const group of walkAuditLog(filter, { order, requestId })) {
    const names = await namesOf(
      group.map(({ event }) => event.actor.id),
      requestId,
    );
    const lines = group.map((event) => exportLine(event, format, names));
    hash.update(lines.join(''));
    rows += group.length;
    const sent = isSending ? 0 : group.findIndex(({ ref }) => ref === after) + 1;
    isSending ||= sent > 0;
    if (isSending) yield lines.slice(sent).join('');
  }
  if (!isSending) throw new AppError('VALIDATION_ERROR', `This export has no event ${after} to go on behind`);
  yield exportTail({
    filter: asTexts(filter),
    ...{ format, rows, sha256: hash.digest('hex'), exportedAt: new Date().toISOString() },
    newestSeal: await newestSeal(requestId),
  });
}

function asTexts(filter: Record<string, unknown>): Record<string, string> {
  const given = Object.entries(filter).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given.map(([name, value]) => [name, String(value)]));
}
