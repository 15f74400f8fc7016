import { isAscii, isUtf8 } from 'node:buffer';
import { unreadableFile } from '@/lib/server/batches/file/file-problem';
import type { TextEncodingName } from '@/lib/shared/text-encoding';

type Decoded = {
  text: AsyncIterable<string>;
  /** What the text has turned out to be so far; UTF-8 while it is plain ASCII. */
  encoding: () => TextEncodingName;
};

/**
 * Decodes bytes as they come. Without a known encoding, the first piece beyond ASCII decides between UTF-8 and
 * Windows-1252. A byte order mark is taken off.
 * @throws {AppError} VALIDATION_ERROR where bytes do not fit the encoding, or the text holds NUL as binary files do
 */
export function decodeText(bytes: AsyncIterable<Uint8Array>, known: TextEncodingName | undefined): Decoded {
  const decoder = known ? decidedDecoder(known) : undecidedDecoder();
  async function* text(): AsyncGenerator<string> {
    for await (const chunk of bytes) yield withoutNul(decoder.decode(chunk));
    yield withoutNul(decoder.end());
  }
  return { text: text(), encoding: decoder.encoding };
}

type Decoder = {
  decode: (chunk: Uint8Array) => string;
  end: () => string;
  encoding: () => TextEncodingName;
};

function decidedDecoder(encoding: TextEncodingName): Decoder {
  const decoder = new TextDecoder(encoding, { fatal: true });
  return {
    decode: (chunk) => orProblem(encoding, () => decoder.decode(chunk, { stream: true })),
    end: () => orProblem(encoding, () => decoder.decode()),
    encoding: () => encoding,
  };
}

/** ASCII until something else comes; a character that is not complete yet is carried to the next piece. */
function undecidedDecoder(): Decoder {
  let decided: Decoder | undefined;
  let carried: Uint8Array = new Uint8Array();

  const decide = (encoding: TextEncodingName, bytes: Uint8Array): string => {
    decided = decidedDecoder(encoding);
    return decided.decode(bytes);
  };
  const decode = (chunk: Uint8Array): string => {
    if (decided) return decided.decode(chunk);
    const all = Buffer.concat([carried, chunk]);
    const complete = all.subarray(0, all.length - incompleteTail(all));
    if (!isAscii(complete)) return decide(isUtf8(complete) ? 'utf-8' : 'windows-1252', all);
    carried = all.subarray(complete.length);
    return complete.toString('latin1');
  };
  const end = (): string => {
    if (decided) return decided.end();
    // A last byte that begins a UTF-8 character without ending it is a letter of Windows-1252.
    return carried.length > 0 ? decide('windows-1252', carried) : '';
  };
  return { decode, end, encoding: () => decided?.encoding() ?? 'utf-8' };
}

function withoutNul(text: string): string {
  if (!text.includes('\0')) return text;
  throw unreadableFile(
    'This is a binary file, not text: save it as CSV (in a spreadsheet: Save as, CSV UTF-8)',
  );
}

function orProblem(encoding: TextEncodingName, decode: () => string): string {
  try {
    return decode();
  } catch (cause) {
    const message = `The file holds bytes that are no ${encoding.toUpperCase()}: save it again as UTF-8, or name its encoding`;
    throw unreadableFile(message, cause);
  }
}

/** How many bytes at the end begin a UTF-8 character that is not complete (RFC 3629, section 3). */
function incompleteTail(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return back < sequenceLength(byte) ? back : 0;
  }
  return 0;
}

function sequenceLength(firstByte: number): number {
  if (firstByte >= 0xf0) return 4;
  return firstByte >= 0xe0 ? 3 : 2;
}
