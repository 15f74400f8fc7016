import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { CsvError, parse } from 'csv-parse';
import { exceededLimit, unreadableFile } from '@/lib/server/batches/file/file-problem';
import { type FileRow, type ReadRows, rowTooLong } from '@/lib/server/batches/file/file-row';
import { UPLOAD_LIMITS } from '@/lib/shared/batch';
import { columnsOfHeader, fittedCells } from '@/lib/shared/batch-header';
import type { Delimiter } from '@/lib/shared/csv-delimiter';

/** The parser counts bytes where our limit counts UTF-16 units: at most three bytes each in UTF-8. */
const ROW_BYTES = UPLOAD_LIMITS.rowLength * 3;

/**
 * Reads CSV (RFC 4180, with any line ends) as it comes. Rows are numbered as a spreadsheet shows them: the header is row 1
 * and blank rows count, though they are not given. A row of another width than the header carries a problem.
 * @throws {AppError} VALIDATION_ERROR for a header that cannot be used or a quote that is never closed,
 *   PAYLOAD_TOO_LARGE beyond a limit
 */
export async function readCsv(text: AsyncIterable<string>, delimiter: Delimiter): Promise<ReadRows> {
  const records = numberedRecords(text, delimiter);
  const header = await records.next();
  if (header.done) throw unreadableFile('The file is empty: send one with a header row and at least one row');

  const columns = headerColumns(header.value.cells);
  async function* rows(): AsyncGenerator<FileRow> {
    for await (const { rowNumber, cells } of records) {
      yield { rowNumber, ...fittedCells(cells, columns.length) };
    }
  }
  return { columns, rows: rows() };
}

function headerColumns(cells: string[]): string[] {
  const header = columnsOfHeader(cells);
  if ('columns' in header) return header.columns;
  if (!header.isTooLarge) throw unreadableFile(header.problem);
  throw exceededLimit({
    limit: 'columns',
    most: UPLOAD_LIMITS.columns,
    unit: 'columns',
    measured: header.problem,
  });
}

/** Every record that is not blank, with its row number. */
async function* numberedRecords(
  text: AsyncIterable<string>,
  delimiter: Delimiter,
): AsyncGenerator<{ rowNumber: number; cells: string[] }> {
  const parser = parse({
    delimiter,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    relax_quotes: true,
    max_record_size: ROW_BYTES,
  });
  // The loop below meets the same failure; here it only must not go unhandled. Nobody waits for the source to end: it
  // may itself wait for bytes that never come.
  pipeline(Readable.from(text), parser).catch(() => undefined);
  let rowNumber = 0;
  try {
    for await (const cells of parser as AsyncIterable<string[]>) {
      rowNumber += 1;
      if (cells.some((cell) => cell.trim() !== '')) yield { rowNumber, cells };
    }
  } catch (thrown) {
    throw csvProblem(thrown);
  } finally {
    parser.destroy();
  }
}

function csvProblem(thrown: unknown): unknown {
  if (!(thrown instanceof CsvError)) return thrown;
  const rowNumber = Number(thrown.records) + 1;
  if (thrown.code === 'CSV_MAX_RECORD_SIZE') return rowTooLong(rowNumber, 'even more characters', thrown);
  if (thrown.code === 'CSV_QUOTE_NOT_CLOSED') {
    return unreadableFile(`A quote opened in row ${rowNumber} is never closed: close or remove it`, thrown);
  }
  return unreadableFile(`Row ${rowNumber} is not valid CSV: ${thrown.message}`, thrown);
}
