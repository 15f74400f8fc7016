import { unreadableFile } from '@/lib/server/batches/file/file-problem';
import { checkRowLength, type FileRow, type ReadRows } from '@/lib/server/batches/file/file-row';
import { objectRows } from '@/lib/server/batches/file/object-row';

/**
 * Reads one JSON object per line as it comes; rows are numbered by line. A line that is no JSON is a row with a problem,
 * because the lines after it are not affected.
 * @throws {AppError} VALIDATION_ERROR where the very first line is no JSON, PAYLOAD_TOO_LARGE beyond a limit
 */
export function readNdjson(text: AsyncIterable<string>): ReadRows {
  const { columns, toRow } = objectRows();
  const toFileRow = (line: string, lineNumber: number, isFirst: boolean): FileRow => {
    const parsed = parseLine(line);
    if ('value' in parsed) return toRow(parsed.value, lineNumber);
    if (!isFirst) return { rowNumber: lineNumber, cells: [], problem: 'This line is not valid JSON' };
    const message = `Line ${lineNumber} is not JSON: write one object per line, such as {"title": "Essay"}`;
    throw unreadableFile(message, parsed.cause);
  };
  async function* rows(): AsyncGenerator<FileRow> {
    let isFirst = true;
    for await (const { lineNumber, line } of numberedLines(text)) {
      if (line.trim() === '') continue;
      yield toFileRow(line, lineNumber, isFirst);
      isFirst = false;
    }
  }
  return { columns, rows: rows() };
}

function parseLine(line: string): { value: unknown } | { cause: unknown } {
  try {
    const value: unknown = JSON.parse(line);
    return { value };
  } catch (cause) {
    return { cause };
  }
}

async function* numberedLines(
  text: AsyncIterable<string>,
): AsyncGenerator<{ lineNumber: number; line: string }> {
  let lineNumber = 0;
  let open = '';
  for await (const piece of text) {
    const lines = (open + piece).split('\n');
    open = lines.pop() ?? '';
    for (const line of lines) {
      lineNumber += 1;
      checkRowLength(lineNumber, line.length);
      yield { lineNumber, line };
    }
    checkRowLength(lineNumber + 1, open.length);
  }
  if (open !== '') yield { lineNumber: lineNumber + 1, line: open };
}
