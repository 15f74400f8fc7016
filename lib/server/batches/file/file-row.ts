import { exceededLimit, shownNumber } from '@/lib/server/batches/file/file-problem';
import { UPLOAD_LIMITS } from '@/lib/shared/batch';

/**
 * One row of a file: its cells in the order of the columns, and what makes it unusable where something does. `rowNumber`
 * is where the person finds it: the row of the spreadsheet, the line of NDJSON, the place in the JSON array (from 1).
 */
export type FileRow = { rowNumber: number; cells: string[]; problem?: string };

/** The columns of a file and its rows. The columns of JSON grow while rows are read. */
export type ReadRows = { columns: string[]; rows: AsyncIterable<FileRow> };

/** Refuses a row of more characters than a row may have. */
export function checkRowLength(rowNumber: number, length: number): void {
  if (length > UPLOAD_LIMITS.rowLength) throw rowTooLong(rowNumber, `${shownNumber(length)} characters`);
}

/** The refusal of a row that is too long; `has` says how long it is. */
export function rowTooLong(rowNumber: number, has: string, cause?: unknown) {
  return exceededLimit(
    {
      limit: 'rowLength',
      most: UPLOAD_LIMITS.rowLength,
      unit: 'characters. A quote that is opened and never closed makes a row this long',
      measured: `Row ${shownNumber(rowNumber)} has ${has}`,
    },
    cause,
  );
}

/** Refuses cells of more characters than a spreadsheet cell holds, and a row of more than a row may have. */
export function checkCells({ rowNumber, cells }: FileRow, columns: readonly string[]): void {
  let length = 0;
  for (const [position, cell] of cells.entries()) {
    length += cell.length;
    if (cell.length <= UPLOAD_LIMITS.fieldLength) continue;
    throw exceededLimit({
      limit: 'fieldLength',
      most: UPLOAD_LIMITS.fieldLength,
      unit: 'characters',
      measured: `Row ${shownNumber(rowNumber)} has ${shownNumber(cell.length)} characters in "${columns[position] ?? position + 1}"`,
    });
  }
  checkRowLength(rowNumber, length);
}
