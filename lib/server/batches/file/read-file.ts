import { decodeText } from '@/lib/server/batches/file/decode-text';
import { expandBytes } from '@/lib/server/batches/file/expand-bytes';
import { exceededLimit, shownNumber, unreadableFile } from '@/lib/server/batches/file/file-problem';
import { checkCells, type FileRow, type ReadRows } from '@/lib/server/batches/file/file-row';
import { type Measured, meterBytes } from '@/lib/server/batches/file/meter-bytes';
import { readCsv } from '@/lib/server/batches/file/read-csv';
import { readJson } from '@/lib/server/batches/file/read-json';
import { readNdjson } from '@/lib/server/batches/file/read-ndjson';
import { withHead } from '@/lib/server/batches/file/with-head';
import { type FileFormat, UPLOAD_LIMITS } from '@/lib/shared/batch';
import { formatOf } from '@/lib/shared/batch-format';
import { type Delimiter, delimiterOf } from '@/lib/shared/csv-delimiter';
import { binaryKind, encodingOfHead, isGzip, type TextEncodingName } from '@/lib/shared/text-encoding';

/** What is looked at before the first row is read: bytes for the encoding, characters for format and delimiter. */
const HEAD_LENGTH = 64 * 1024;

const lengthOf = (piece: { length: number }) => piece.length;

/** What the sender says about the bytes; what is left out is detected. */
export type FileFacts = {
  contentType?: string | null;
  contentEncoding?: string | null;
  encoding?: TextEncodingName | undefined;
};

/** A file while it is read. The columns of JSON grow with its rows; the measures are complete after the last row. */
export type ReadFile = {
  format: FileFormat;
  encoding: () => TextEncodingName;
  /** Of CSV. */
  delimiter: Delimiter | null;
  columns: readonly string[];
  rows: AsyncIterable<FileRow>;
  measured: () => Measured;
};

/**
 * Reads a file of rows as its bytes come; memory does not grow with it. Gzip, encoding, format and delimiter are detected.
 * @throws {AppError} VALIDATION_ERROR where it cannot be read, PAYLOAD_TOO_LARGE beyond a limit; also while rows are read
 */
export async function readFile(bytes: AsyncIterable<Uint8Array>, facts: FileFacts): Promise<ReadFile> {
  const meter = meterBytes(bytes);
  const expanded = await expandedBytes(meter, facts.contentEncoding);
  const { head, all } = await withHead(expanded, HEAD_LENGTH, lengthOf);
  const firstBytes = Buffer.concat(head);
  refuseBinary(firstBytes);

  // One piece, so that what is detected does not depend on how the bytes were cut on their way.
  const decoded = decodeText(
    joined(firstBytes, head.length, all),
    facts.encoding ?? encodingOfHead(firstBytes),
  );
  const text = await withHead(decoded.text, 1, lengthOf);
  const beginning = text.head.join('');
  if (beginning.trim() === '' && firstBytes.length < HEAD_LENGTH) throw emptyFile();

  const format = formatOf(facts.contentType ?? '', beginning);
  const delimiter = format === 'csv' ? delimiterOf(beginning) : null;
  const { columns, rows } = await readerOf(format, delimiter)(text.all);
  return {
    format,
    encoding: decoded.encoding,
    delimiter,
    columns,
    rows: checkedRows({ columns, rows }),
    measured: meter.measured,
  };
}

async function expandedBytes(
  meter: ReturnType<typeof meterBytes>,
  contentEncoding: string | null | undefined,
): Promise<AsyncIterable<Uint8Array>> {
  const declared = (contentEncoding ?? '').trim().toLowerCase();
  if (!['', 'identity', 'gzip', 'x-gzip'].includes(declared)) {
    throw unreadableFile(`Content-Encoding ${declared} is not known: send the file plain or as gzip`);
  }
  const { head, all } = await withHead(meter.bytes, 2, lengthOf);
  const isPacked = isGzip(Buffer.concat(head));
  if (!isPacked && declared.endsWith('gzip') && head.length > 0) {
    throw unreadableFile('The file is announced as gzip and is none: leave out Content-Encoding');
  }
  return isPacked ? expandBytes(all, meter.sizeBytes) : all;
}

function refuseBinary(head: Uint8Array): void {
  const kind = binaryKind(head);
  if (kind) throw unreadableFile(`This is ${kind}: save it as CSV (in a spreadsheet: Save as, CSV UTF-8)`);
  if (head.length === 0) throw emptyFile();
}

function emptyFile() {
  return unreadableFile('The file is empty: send one with a header row and at least one row');
}

/** The same bytes with the first `pieces` of them as one. */
async function* joined(head: Uint8Array, pieces: number, all: AsyncIterable<Uint8Array>) {
  yield head;
  let skipped = 0;
  for await (const piece of all) {
    if (skipped++ >= pieces) yield piece;
  }
}

function readerOf(format: FileFormat, delimiter: Delimiter | null) {
  return async (text: AsyncIterable<string>): Promise<ReadRows> => {
    if (format === 'json') return readJson(text);
    return format === 'ndjson' ? readNdjson(text) : readCsv(text, delimiter ?? ',');
  };
}

async function* checkedRows({ columns, rows }: ReadRows): AsyncGenerator<FileRow> {
  let count = 0;
  for await (const row of rows) {
    count += 1;
    if (count > UPLOAD_LIMITS.rows) {
      throw exceededLimit({
        limit: 'rows',
        most: UPLOAD_LIMITS.rows,
        unit: 'rows. Split the file',
        measured: `The file has at least ${shownNumber(count)} rows`,
      });
    }
    checkCells(row, columns);
    yield row;
  }
  if (count === 0) throw unreadableFile('The file has no rows: send at least one beside the header');
}
