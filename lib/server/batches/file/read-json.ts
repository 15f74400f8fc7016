import { unreadableFile } from '@/lib/server/batches/file/file-problem';
import type { FileRow, ReadRows } from '@/lib/server/batches/file/file-row';
import { jsonElements } from '@/lib/server/batches/file/json-elements';
import { objectRows } from '@/lib/server/batches/file/object-row';

/**
 * Reads a JSON array of flat objects as it comes; rows are numbered by their place in the array, from 1.
 * @throws {AppError} VALIDATION_ERROR where it is no JSON: after a broken element nothing can be trusted,
 *   PAYLOAD_TOO_LARGE beyond a limit
 */
export function readJson(text: AsyncIterable<string>): ReadRows {
  const { columns, toRow } = objectRows();
  async function* rows(): AsyncGenerator<FileRow> {
    let rowNumber = 0;
    for await (const element of jsonElements(text)) {
      rowNumber += 1;
      yield toRow(parsed(element, rowNumber), rowNumber);
    }
  }
  return { columns, rows: rows() };
}

function parsed(element: string, rowNumber: number): unknown {
  try {
    return JSON.parse(element);
  } catch (cause) {
    throw unreadableFile(
      `Element ${rowNumber} of the array is not valid JSON: correct it, or export again`,
      cause,
    );
  }
}
