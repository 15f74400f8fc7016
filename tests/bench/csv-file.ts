import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { BENCH_COURSE_IDS } from '@/tests/bench/batch-people';
import type { BatchProduct } from '@/tests/bench/batch-product';
import { CSV_HEADER, csvRow } from '@/tests/support/csv-row';
import { uploadFile } from '@/tests/support/upload-file';

const ROWS_AT_ONCE = 1000;

type Content = { rows: number; mark: string; textLength?: number };

export type CsvFile = { path: string; rows: number; sizeBytes: number; digest: string; remove: () => void };

/** Writes a file of generated rows into a temporary folder. */
export async function writeCsvFile({ rows, mark, textLength = 60 }: Content): Promise<CsvFile> {
  const folder = mkdtempSync(path.join(tmpdir(), 'assignment-desk-rows-'));
  const file = path.join(folder, `${mark}.csv`);
  const hash = createHash('sha256');
  let sizeBytes = 0;
  async function* pieces() {
    yield CSV_HEADER;
    for (let from = 0; from < rows; from += ROWS_AT_ONCE) {
      const count = Math.min(ROWS_AT_ONCE, rows - from);
      yield Array.from(
        { length: count },
        (_, at) => csvRow({ position: from + at, courseIds: BENCH_COURSE_IDS, mark, textLength }).line,
      ).join('');
    }
  }
  async function* measured() {
    for await (const piece of pieces()) {
      const bytes = Buffer.from(piece, 'utf8');
      hash.update(bytes);
      sizeBytes += bytes.length;
      yield bytes;
    }
  }
  await pipeline(Readable.from(measured()), createWriteStream(file));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  return { path: file, rows, sizeBytes, digest: hash.digest('base64'), remove };
}

/** Uploads such a file. @returns the id of the batch */
export function uploadCsvFile(file: CsvFile, { url, cookie }: BatchProduct): Promise<string> {
  const { sizeBytes, digest } = file;
  const content = createReadStream(file.path);
  return uploadFile({ url, cookie, fileName: path.basename(file.path), content, sizeBytes, digest });
}
