import { rejectedFileName } from '@/lib/server/batches/accept/corrected-batch';
import { correctionText, type RowToCorrect } from '@/lib/server/batches/read/correction-text';
import { readPreview } from '@/lib/server/batches/read/read-preview';
import { type UncreatedRow, uncreatedRows } from '@/lib/server/batches/read/uncreated-rows';
import { readBatchItem } from '@/lib/server/batches/read-batch';
import type { Download } from '@/lib/server/route';
import { REJECTED_COLUMNS } from '@/lib/shared/batch-header';

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
    text: correctionText(
      { columns, delimiter, ours: REJECTED_COLUMNS },
      toCorrect(uncreatedRows({ batchId, chunks }, requestId)),
    ),
  };
}

async function* toCorrect(groups: AsyncIterable<UncreatedRow[]>): AsyncGenerator<RowToCorrect[]> {
  for await (const group of groups) {
    yield group.map(({ cells, code, message, field }) => ({ cells, notes: [code, message, field ?? ''] }));
  }
}
