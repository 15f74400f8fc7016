import type { FileRow } from '@/lib/server/batches/file/file-row';
import { readBatchItem } from '@/lib/server/batches/read-batch';
import { AppError } from '@/lib/shared/app-error';
import { REJECTED_COLUMNS } from '@/lib/shared/batch-header';
import { originalCell } from '@/lib/shared/formula-cell';

const CORRECTED_NAME = /^(?:rejected|failed)-(batch_[\w-]+?)(?: ?\(\d+\))?\.csv(?:\.gz)?$/;

/** The name of the file of the rows that a batch did not create; it leads back to the batch. */
export const rejectedFileName = (batchId: string) => `rejected-${batchId}.csv`;

/** The name of the file of the failed items of a batch; it leads back to the batch. */
export const failedFileName = (batchId: string) => `failed-${batchId}.csv`;

/** Whether a file has the columns of our own files of rejected rows and failed items. */
export function isRejectedFile(columns: readonly string[]): boolean {
  return REJECTED_COLUMNS.every((column) => columns.includes(column));
}

/**
 * The batch whose rejected or failed rows a file corrects: the given one, or the one in the name of our own file. Null where there is none.
 * @throws {AppError} VALIDATION_ERROR where the given one does not exist
 */
export async function correctedBatch(
  { given, fileName, columns }: { given: string | undefined; fileName: string; columns: readonly string[] },
  requestId: string,
): Promise<string | null> {
  const named = isRejectedFile(columns) ? CORRECTED_NAME.exec(fileName)?.[1] : undefined;
  const batchId = given ?? named;
  if (batchId === undefined) return null;
  try {
    return (await readBatchItem(batchId, requestId)).batchId;
  } catch (thrown) {
    if (!(thrown instanceof AppError && thrown.code === 'NOT_FOUND')) throw thrown;
    if (given === undefined) return null;
    const fields = [{ field: 'corrects', message: thrown.message, value: given }];
    throw new AppError('VALIDATION_ERROR', thrown.message, { fields, cause: thrown });
  }
}

/** Takes off the apostrophes that our own files put before formulas. */
export async function* withOriginalCells(rows: AsyncIterable<FileRow>): AsyncGenerator<FileRow> {
  for await (const row of rows) yield { ...row, cells: row.cells.map(originalCell) };
}
