import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { parse } from 'csv-parse';
import { parse as parseAtOnce } from 'csv-parse/sync';
import { MANIFEST_CELL } from '@/lib/server/audit-log/export/export-format';
import { publicKeys } from '@/lib/server/audit-log/seals/signing-key';
import { type ExportManifest, exportManifestSchema } from '@/lib/shared/audit-log';
import { isSignedBy } from '@/lib/shared/verify-seals';

/** The manifest is far shorter. */
const MOST_TAIL_BYTES = 64 * 1024;

export type ExportVerification = { manifest: ExportManifest | undefined; problems: string[] };

/**
 * Checks an exported file against its own last line: that its bytes and rows are those that were exported, and that the seal
 * it names is signed by a known key.
 * @throws where the file cannot be read
 */
export async function verifyExport(file: string): Promise<ExportVerification> {
  const { start, line } = await lastLine(file);
  const manifest = manifestOf(line);
  if (!manifest) return { manifest, problems: ['It has no manifest: it was cut off, or is no export'] };
  const { newestSeal, sha256, rows } = manifest;
  const problems: string[] = [];
  if ((await hashOf(file, start)) !== sha256) {
    problems.push('Its bytes are not those that were exported: the SHA-256 is another one');
  }
  const found = start === 0 ? 0 : await rowsBefore(file, start, manifest);
  if (found !== rows) problems.push(`It has ${found} rows; ${rows} were exported`);
  if (newestSeal && !(await isSignedBy(newestSeal, publicKeys().keys))) {
    problems.push(`The seal of hour ${newestSeal.hour} in its manifest is not signed by a known key`);
  }
  return { manifest, problems };
}

/** The last line of a file, and the byte at which it begins. */
async function lastLine(file: string): Promise<{ start: number; line: string }> {
  const handle = await open(file);
  try {
    const { size } = await handle.stat();
    const length = Math.min(size, MOST_TAIL_BYTES);
    const { buffer } = await handle.read(Buffer.alloc(length), 0, length, size - length);
    const end = buffer.at(-1) === 0x0a ? length - 1 : length;
    const begin = buffer.subarray(0, end).lastIndexOf(0x0a) + 1;
    return { start: size - length + begin, line: buffer.subarray(begin, end).toString('utf8').trimEnd() };
  } finally {
    await handle.close();
  }
}

function manifestOf(line: string): ExportManifest | undefined {
  try {
    return exportManifestSchema.parse(JSON.parse(jsonOf(line)).manifest);
  } catch {
    return undefined;
  }
}

function jsonOf(line: string): string {
  if (!line.startsWith(MANIFEST_CELL)) return line;
  const [[, json] = []]: string[][] = parseAtOnce(line);
  return json ?? '';
}

async function hashOf(file: string, end: number): Promise<string> {
  const hash = createHash('sha256');
  if (end > 0) for await (const bytes of createReadStream(file, { end: end - 1 })) hash.update(bytes);
  return hash.digest('hex');
}

async function rowsBefore(file: string, end: number, { format }: ExportManifest): Promise<number> {
  const stream = createReadStream(file, { end: end - 1 });
  const lines = format === 'csv' ? stream.pipe(parse({ bom: true })) : createInterface({ input: stream });
  let count = 0;
  for await (const _ of lines) count += 1;
  // The first line of a CSV file names its columns; a part that goes on behind another has none.
  return format === 'csv' ? count - 1 : count;
}
