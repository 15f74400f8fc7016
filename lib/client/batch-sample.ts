import Papa from 'papaparse';
import type { FileFormat } from '@/lib/shared/batch';
import { formatOf } from '@/lib/shared/batch-format';
import { columnsOfHeader } from '@/lib/shared/batch-header';
import { type Delimiter, delimiterOf } from '@/lib/shared/csv-delimiter';
import { binaryKind, encodingOfHead, isGzip, type TextEncodingName } from '@/lib/shared/text-encoding';

/** How many bytes of a file are enough for `readSample`. */
export const SAMPLE_BYTES = 256 * 1024;

/** How many rows of a sample are read. */
const SAMPLE_ROWS = 100;

/** The beginning of a file as the mapping step shows it. */
export type Sample = {
  encoding: TextEncodingName;
  delimiter: Delimiter | null;
  format: FileFormat;
  columns: string[];
  rows: string[][];
};

/**
 * Reads the first rows of a file from its first `SAMPLE_BYTES`, so that its columns can be mapped before it is sent. The
 * server reads the whole file more strictly.
 * @returns the sample, or why there is none
 */
export async function readSample(
  bytes: Uint8Array<ArrayBuffer>,
  { contentType = '', encoding }: { contentType?: string; encoding?: TextEncodingName | undefined } = {},
): Promise<Sample | { problem: string }> {
  const head = isGzip(bytes) ? await expanded(bytes) : bytes;
  const kind = binaryKind(head);
  if (kind) return { problem: `This is ${kind}: save it as CSV (in a spreadsheet: Save as, CSV UTF-8)` };
  const known = encoding ?? encodingOfHead(head) ?? encodingOfText(head);
  const text = new TextDecoder(known).decode(head);
  if (text.includes('\0')) return { problem: 'This is a binary file, not text: save it as CSV' };
  if (text.trim() === '') return { problem: 'The file is empty' };

  const format = formatOf(contentType, text);
  const isCut = bytes.length >= SAMPLE_BYTES;
  const read = format === 'csv' ? csvSample(text, isCut) : jsonSample(text, format);
  return 'problem' in read ? read : { encoding: known, format, ...read };
}

/** The beginning of a gzip file, as far as the bytes go. */
async function expanded(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let sizeBytes = 0;
  const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip')).getReader();
  try {
    while (sizeBytes < SAMPLE_BYTES) {
      const { done, value } = await reader.read();
      if (done) break;
      parts.push(value);
      sizeBytes += value.length;
    }
    await reader.cancel();
  } catch {
    // The sample cuts the file, so its end is missing; what came before is good.
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

/** Whether text without a mark is UTF-8; a character cut at the end of the sample does not count. */
function encodingOfText(bytes: Uint8Array): TextEncodingName {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return 'utf-8';
  } catch {
    return 'windows-1252';
  }
}

type Rows = { delimiter: Delimiter | null; columns: string[]; rows: string[][] };

function csvSample(text: string, isCut: boolean): Rows | { problem: string } {
  const delimiter = delimiterOf(text);
  const { data } = Papa.parse<string[]>(text, {
    delimiter,
    preview: SAMPLE_ROWS + 2,
    skipEmptyLines: 'greedy',
  });
  const [header, ...rows] = data;
  if (!header) return { problem: 'The file is empty' };
  const read = columnsOfHeader(header);
  if ('problem' in read) return { problem: read.problem };
  // The last row of a cut file may be half a row.
  const whole = isCut && rows.length > 1 && rows.length <= SAMPLE_ROWS ? rows.slice(0, -1) : rows;
  return { delimiter, columns: read.columns, rows: whole.slice(0, SAMPLE_ROWS) };
}

function jsonSample(text: string, format: FileFormat): Rows | { problem: string } {
  const objects = format === 'ndjson' ? parsedLines(text) : parsedElements(text);
  const columns = [...new Set(objects.flatMap((object) => [...object.keys()]))];
  if (columns.length === 0) {
    return {
      problem:
        format === 'json' ? 'The file is no JSON array of objects' : 'The first line is no JSON object',
    };
  }
  const rows = objects.map((object) => columns.map((column) => object.get(column) ?? ''));
  return { delimiter: null, columns, rows };
}

function parsedLines(text: string): Map<string, string>[] {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return lines.slice(0, SAMPLE_ROWS).flatMap(toCells);
}

/** The first objects of an array; flat objects end at the first brace outside a text. */
function parsedElements(text: string): Map<string, string>[] {
  if (!text.trimStart().startsWith('[')) return [];
  const found = text.matchAll(/\{(?:[^{}"]|"(?:[^"\\]|\\.)*")*\}/gs);
  return [...found].slice(0, SAMPLE_ROWS).flatMap(([object]) => toCells(object));
}

function toCells(json: string): Map<string, string>[] {
  try {
    const value: unknown = JSON.parse(json);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
    const texts = Object.entries(value).map(([name, content]): [string, string] => [name, cellText(content)]);
    return [new Map(texts)];
  } catch {
    return [];
  }
}

function cellText(content: unknown): string {
  if (content === null) return '';
  return typeof content === 'object' ? JSON.stringify(content) : String(content);
}
