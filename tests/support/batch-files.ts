import { type FileFacts, type ReadFile, readFile } from '@/lib/server/batches/file/read-file';
import { AppError } from '@/lib/shared/app-error';

/** Bytes as a connection brings them: in pieces of these sizes, over and over. */
export async function* inPieces(
  bytes: Uint8Array,
  sizes: readonly number[] = [16_384],
): AsyncGenerator<Uint8Array> {
  for (let from = 0, turn = 0; from < bytes.length; turn++) {
    const size = sizes[turn % sizes.length] ?? bytes.length;
    yield bytes.subarray(from, from + size);
    from += size;
  }
}

/** Text in an encoding that Node cannot write by itself. */
export function encoded(text: string, encoding: 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252'): Buffer {
  if (encoding === 'utf-8') return Buffer.from(text, 'utf8');
  if (encoding === 'windows-1252') return Buffer.from(text.replaceAll('€', '\u0080'), 'latin1');
  const bytes = Buffer.from(text, 'utf16le');
  return encoding === 'utf-16le' ? bytes : bytes.swap16();
}

type Content = Omit<ReadFile, 'rows' | 'columns'> & {
  columns: string[];
  rows: Awaited<ReturnType<typeof rowsOf>>;
};

async function rowsOf(file: ReadFile) {
  const rows = [];
  for await (const row of file.rows) rows.push(row);
  return rows;
}

/** Reads a whole file; text is UTF-8. */
export async function contentOf(
  file: string | Uint8Array,
  facts: FileFacts & { pieces?: readonly number[] } = {},
): Promise<Content> {
  const bytes = typeof file === 'string' ? Buffer.from(file, 'utf8') : file;
  const read = await readFile(inPieces(bytes, facts.pieces), facts);
  const rows = await rowsOf(read);
  return { ...read, columns: [...read.columns], rows };
}

/** The refusal of a file: its code and message. */
export async function refusalOf(file: string | Uint8Array, facts: FileFacts = {}) {
  try {
    await contentOf(file, facts);
  } catch (thrown) {
    if (thrown instanceof AppError)
      return { code: thrown.code, message: thrown.message, fields: thrown.fields };
    throw thrown;
  }
  throw new Error('The file was read');
}
