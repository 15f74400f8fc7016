import { rejectedFileName } from '@/lib/server/batches/accept/corrected-batch';
import { readPreview } from '@/lib/server/batches/read/read-preview';
import { type UncreatedRow, uncreatedRows } from '@/lib/server/batches/read/uncreated-rows';
import { readBatchItem } from '@/lib/server/batches/read-batch';
import type { Download } from '@/lib/server/route';
import { REJECTED_COLUMNS } from '@/lib/shared/batch-header';
import { DELIMITERS, type Delimiter } from '@/lib/shared/csv-delimiter';
import { BYTE_ORDER_MARK, csvLine } from '@/lib/shared/csv-line';
import { safeCell } from '@/lib/shared/formula-cell';

/**
 * The rows of a batch that were rejected or cancelled, as CSV in the file's own columns and delimiter with code, error and
 * field beside them; formulas are made safe. Its name leads a corrected file back to the batch.
 * @throws {AppError} NOT_FOUND where there is no such batch, or no accepted file of it
 */
export async function rejectedFile(batchId: string, requestId: string): Promise<Download> {
  const { columns, delimiter } = await readPreview(batchId, requestId);
  const { chunks } = await readBatchItem(batchId, requestId);
  return {
    fileName: rejectedFileName(batchId),
    contentType: 'text/csv; charset=utf-8',
    text: rejectedText(
      { columns, delimiter: DELIMITERS.find((known) => known === delimiter) ?? ',' },
      uncreatedRows({ batchId, chunks }, requestId),
    ),
  };
}

async function* rejectedText(
  { columns, delimiter }: { columns: string[]; delimiter: Delimiter },
  rows: AsyncIterable<UncreatedRow[]>,
): AsyncGenerator<string> {
  // A corrected file that is rejected in part brings our three columns itself; they are written anew.
  const rejectedColumns: readonly string[] = REJECTED_COLUMNS;
  const own = columns.flatMap((name, position) =>
    rejectedColumns.includes(name) ? [] : [{ name, position }],
  );
  const header = [...own.map(({ name }) => safeCell(name)), ...REJECTED_COLUMNS];
  yield BYTE_ORDER_MARK + csvLine(header, delimiter);
  for await (const group of rows) {
    yield group
      .map(({ cells, code, message, field }) => {
        const texts = own.map(({ position }) => cells[position] ?? '');
        return csvLine([...texts, code, message, field ?? ''].map(safeCell), delimiter);
      })
      .join('');
  }
}
